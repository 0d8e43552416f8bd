using System.Globalization;
using System.Text;
using CommunityToolkit.HighPerformance;

namespace ElasticNet.Fast.Selection;

/// <summary>How often each feature was selected by halves of the rows, and which are stable. Immutable.</summary>
public sealed class StabilityResult
{
    internal StabilityResult(StabilityOptions options, int q, string[] names, double[] lambdas, int[][] entries, int? units = null)
    {
        (Threshold, SelectedPerHalf, Pairs, Seed, Bound) = (options.Threshold, q, options.Pairs, options.Seed, options.Bound);
        int p = names.Length;
        Groups = units ?? p;
        FalseSelections = options.ErrorBound(q, Groups);
        Lambdas = lambdas;
        FeatureNames = names;
        double[,] paths = new double[lambdas.Length, p];
        double[] frequencies = new double[p];
        foreach (int[] entry in entries)
        {
            for (int j = 0; j < p; j++)
            {
                if (entry[j] < lambdas.Length)
                    paths[entry[j], j] += 1.0;
            }
        }

        for (int j = 0; j < p; j++)
        {
            double count = 0;
            for (int k = 0; k < lambdas.Length; k++)
            {
                count += paths[k, j];
                paths[k, j] = count / entries.Length;
            }

            frequencies[j] = count / entries.Length;
        }

        (Paths, Frequencies) = (paths, frequencies);
        Selected = Enumerable.Range(0, p).Where(j => frequencies[j] >= options.Threshold).ToArray();
        Agreement = SetAgreement.Nogueira(frequencies, entries.Length);
    }

    /// <summary>Share of the halves that selected each feature, p values in [0, 1].</summary>
    public ReadOnlyMemory<double> Frequencies { get; }

    /// <summary>Features that are selected by at least <see cref="Threshold"/> of the halves, ascending.</summary>
    public ReadOnlyMemory<int> Selected { get; }

    /// <summary>π.</summary>
    public double Threshold { get; }

    /// <summary>How many groups the features were selected in; as many as features where each is for itself.</summary>
    public int Groups { get; }

    /// <summary>q, features that each half selected at most, or groups of features.</summary>
    public int SelectedPerHalf { get; }

    /// <summary>Most false selections to be expected, of groups where features are in groups, by <see cref="Bound"/>.</summary>
    public double FalseSelections { get; }

    /// <summary>Which bound <see cref="FalseSelections"/> is.</summary>
    public StabilityBound Bound { get; }

    /// <summary>Complementary pairs of halves.</summary>
    public int Pairs { get; }

    /// <summary>Seed of the halves.</summary>
    public ulong Seed { get; }

    /// <summary>How well the halves agree on a set, 1 if perfectly, about 0 if by chance; NaN where each selects all or none. Nogueira, Sechidis and Brown 2018.</summary>
    public double Agreement { get; }

    /// <summary>The λ of the stability paths, descending.</summary>
    public ReadOnlyMemory<double> Lambdas { get; }

    /// <summary>Stability paths: share of the halves in which a feature (second index) has entered by a λ (first index).</summary>
    public ReadOnlyMemory2D<double> Paths { get; }

    /// <summary>Name of each feature.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The line drawn, and each feature that some half selected, the most frequent first.</summary>
    public override string ToString() => ToString(isWatched: false);

    /// <summary>The same for a terminal, where long names are cut.</summary>
    internal string ToString(bool isWatched)
    {
        StringBuilder text = new();
        string bound = Bound == StabilityBound.Unimodal ? "Shah and Samworth 2013, unimodal" : "Meinshausen and Bühlmann 2010";
        text.Append(CultureInfo.InvariantCulture, $"stability selection, {Pairs} complementary pairs of halves, {SelectedPerHalf} {(Groups == FeatureNames.Count ? "features" : "groups")} each, seed {Seed}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Selected.Length} of {FeatureNames.Count} features are selected by {100 * Threshold:0.#} % of the halves; at most {FalseSelections:g3} of {(Groups == FeatureNames.Count ? "them" : "their groups")} are false, in expectation ({bound})\n");
        text.Append(CultureInfo.InvariantCulture, $"agreement of the halves {Agreement:0.00} (1 perfect, 0 chance)\n");
        int[] shown = [.. Enumerable.Range(0, FeatureNames.Count).Where(j => Frequencies.Span[j] > 0).OrderByDescending(j => Frequencies.Span[j])];
        NameColumn names = new("feature", shown.Select(j => FeatureNames[j]), isWatched);
        text.Append(CultureInfo.InvariantCulture, $"{names["feature"]} {"frequency",9}\n");
        foreach (int j in shown)
            text.Append(CultureInfo.InvariantCulture, $"{names[FeatureNames[j]]} {Frequencies.Span[j],9:0.00}{(Frequencies.Span[j] >= Threshold ? " selected" : "")}\n");
        return text.ToString();
    }
}
