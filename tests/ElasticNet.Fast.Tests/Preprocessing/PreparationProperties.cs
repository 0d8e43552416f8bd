using ElasticNet.Fast.Preprocessing;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Preprocessing;

[Reproducible]
public class PreparationProperties
{
    /// <summary>Fold honesty: what rows of weight 0 hold reaches nothing that is learnt.</summary>
    [Property(MaxTest = 500)]
    public void Held_out_values_reach_nothing(int seed)
    {
        RandomTable random = new(seed);
        FeatureTable other = random.WithOtherHeldOutRows();
        Same(Preparation.Learn(random.Table, random.Options, random.Weights), Preparation.Learn(other, random.Options, random.Weights));
        Same(Fold(random.Table, random), Fold(other, random));
    }

    /// <summary>… not even where a fold may not look at them.</summary>
    [Property(MaxTest = 200)]
    public void A_fold_never_looks_at_held_out_values(int seed)
    {
        RandomTable random = new(seed);
        double[] values = [.. random.Values];
        for (int k = 0; k < values.Length; k++)
            values[k] = random.Weights[k % random.Rows] == 0 ? double.PositiveInfinity : values[k];
        Same(Fold(random.Table, random), Fold(new FeatureTable(random.Columns, values, random.Rows), random));
    }

    /// <summary>Every held-out row of a fold gets features that are numbers, whatever levels the fold knows.</summary>
    [Property(MaxTest = 500)]
    public void A_fold_has_numbers_for_every_row(int seed)
    {
        RandomTable random = new(seed);
        if (random.Options.Imputation is ImputationMethod.None or ImputationMethod.DropRows)
            return; // Rows with gaps take no part in these.
        Preparation fold = Fold(random.Table, random);
        double[] features = new double[random.Rows * fold.FeatureCount];
        fold.Transform(random.Unseen(random.Rows), features);
        Assert.All(features, value => Assert.True(double.IsFinite(value)));
    }

    [Property(MaxTest = 500)]
    public void A_row_of_a_batch_is_the_row(int seed)
    {
        RandomTable random = new(seed);
        Preparation preparation = Preparation.Learn(random.Table, random.Options, random.Weights);
        FeatureTable unseen = random.Unseen(17);
        double[] batch = new double[unseen.Rows * preparation.FeatureCount], turned = new double[batch.Length], single = new double[batch.Length];
        preparation.Transform(unseen, batch);
        double[] rows = RowMajor(unseen);
        preparation.Transform(MatrixView.RowMajor<double>(rows, unseen.Rows, unseen.Columns.Count), turned);
        Assert.Equal(Bits(batch), Bits(turned));
        float[] floats = [.. rows.Select(value => (float)value)];
        preparation.Transform(MatrixView.RowMajor<float>(floats, unseen.Rows, unseen.Columns.Count), single);
        double[] features = new double[preparation.FeatureCount];
        for (int i = 0; i < unseen.Rows; i++)
        {
            int start = i * unseen.Columns.Count;
            preparation.Transform(rows.AsSpan(start, unseen.Columns.Count), features);
            Assert.Equal(Bits(features), Bits(Row(batch, i)));
            preparation.Transform([.. floats[start..(start + unseen.Columns.Count)].Select(value => (double)value)], features);
            Assert.Equal(Bits(features), Bits(Row(single, i)));
        }

        double[] Row(double[] table, int i) => [.. Enumerable.Range(0, preparation.FeatureCount).Select(k => table[k * unseen.Rows + i])];
    }

    /// <summary>A row of weight k is k rows.</summary>
    [Property(MaxTest = 500)]
    public void Weights_are_copies(int seed)
    {
        RandomTable random = new(seed);
        // These three count rows.
        random.Options = random.Options with
        {
            Imputation = random.Options.Imputation is ImputationMethod.NearestNeighbors || random.Options.HasEquations ? ImputationMethod.Mean : random.Options.Imputation,
            MinLevelCount = 1,
            Scaling = random.Options.Scaling == ScalingMethod.StandardSample ? ScalingMethod.Standard : random.Options.Scaling,
        };
        Preparation weighted = Preparation.Learn(random.Table, random.Options, random.Weights), copied = Preparation.Learn(random.Copies(), random.Options);
        Assert.Equal(copied.FeatureNames, weighted.FeatureNames);
        foreach ((InputEncoding expected, InputEncoding actual) in copied.Encodings.ToArray().Zip(weighted.Encodings.ToArray()))
        {
            Assert.Equal(expected.LevelFeatures.ToArray(), actual.LevelFeatures.ToArray());
            Assert.Equal(expected.Fill, actual.Fill, 1e-13);
        }

        Assert.All(copied.Centers.ToArray().Zip(weighted.Centers.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(copied.Scales.ToArray().Zip(weighted.Scales.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Property(MaxTest = 500)]
    public void Features_are_counted_and_named_once(int seed)
    {
        RandomTable random = new(seed);
        Preparation preparation = Preparation.Learn(random.Table, random.Options, random.Weights);
        Assert.Equal(preparation.FeatureCount, preparation.FeatureNames.Count);
        Assert.Equal(preparation.FeatureCount, preparation.FeatureNames.Distinct(StringComparer.Ordinal).Count());
        int[] inputs = [.. preparation.Sources.ToArray().Select(source => source.Input)];
        Assert.Equal(inputs.Order(), inputs);
        Assert.Equal(inputs, preparation.Spread<int>([.. Enumerable.Range(0, random.Columns.Length)]));
        Assert.Equal(inputs.Distinct(), preparation.InputsOf([.. Enumerable.Range(0, preparation.FeatureCount)]));
        int[] numbers = Preparation.NumbersOf(random.Columns);
        Assert.Equal(preparation.Imputer is null ? [0] : numbers, preparation.InputsOf([0]));
        int expected = random.Options.Scaling is null ? 0 : preparation.FeatureCount;
        Assert.Equal((expected, expected), (preparation.Centers.Length, preparation.Scales.Length));
        Assert.All(preparation.Scales.ToArray(), scale => Assert.True(scale > 0));
    }

    /// <summary>In a training row exactly one feature of a category is 1, none where the level is the reference or unknown.</summary>
    [Property(MaxTest = 500)]
    public void One_level_is_hot(int seed)
    {
        RandomTable random = new(seed);
        random.Options = random.Options with { Encoding = CategoryEncoding.OneHot, Imputation = ImputationMethod.Constant };
        Preparation preparation = Preparation.Learn(random.Table, random.Options, random.Weights);
        double[] features = new double[preparation.FeatureCount];
        foreach (int i in Enumerable.Range(0, random.Rows).Where(i => random.Weights[i] > 0))
        {
            preparation.Transform(random.Row(i), features);
            for (int j = 0; j < random.Columns.Length; j++)
            {
                if (random.Columns[j].Kind == InputKind.Number)
                    continue;
                InputEncoding encoding = preparation.Encodings.Span[j];
                double value = random.Values[j * random.Rows + i];
                int expected = double.IsNaN(value) ? encoding.MissingFeature : value < 0 ? encoding.UnknownFeature : encoding.LevelFeatures.Span[(int)value];
                for (int k = 0; k < features.Length; k++)
                {
                    if (preparation.Sources[k].Input == j)
                        Assert.Equal(k == expected ? 1 : 0, features[k]);
                }
            }
        }
    }

    private static Preparation Fold(FeatureTable table, RandomTable random) => PreparationLearner.Learn(
        table.View, random.Options with { Inputs = table.Columns }, random.Weights, 1, CancellationToken.None, isFold: true);

    private static void Same(Preparation expected, Preparation actual)
    {
        Assert.Equal(expected.FeatureNames, actual.FeatureNames);
        Assert.Equal(Bits(expected.Centers.ToArray()), Bits(actual.Centers.ToArray()));
        Assert.Equal(Bits(expected.Scales.ToArray()), Bits(actual.Scales.ToArray()));
        foreach ((InputEncoding one, InputEncoding other) in expected.Encodings.ToArray().Zip(actual.Encodings.ToArray()))
        {
            Assert.Equal((one.Feature, one.MissingFeature, one.UnknownFeature), (other.Feature, other.MissingFeature, other.UnknownFeature));
            Assert.Equal(one.LevelFeatures.ToArray(), other.LevelFeatures.ToArray());
            Assert.Equal(BitConverter.DoubleToInt64Bits(one.Fill), BitConverter.DoubleToInt64Bits(other.Fill));
        }

        Assert.Equal(Donors(expected), Donors(actual));
        Assert.Equal(Bits(expected.Equations?.Equations.ToArray() ?? []), Bits(actual.Equations?.Equations.ToArray() ?? []));
        Assert.Equal(expected.Convergence, actual.Convergence);

        static long[] Donors(Preparation preparation) => preparation.Neighbors is { } neighbors ? Bits(neighbors.Donors.ToArray()) : [];
    }

    private static long[] Bits(double[] values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];

    private static double[] RowMajor(FeatureTable table) =>
        [.. Enumerable.Range(0, table.Rows).SelectMany(i => Enumerable.Range(0, table.Columns.Count).Select(j => table.Column(j)[i]))];
}
