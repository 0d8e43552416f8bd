using System.Text.RegularExpressions;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Hostile;

/// <summary>Loads a file and says what was wrong with how that went; keeps the counts.</summary>
internal sealed partial class Examination : IDisposable
{
    private const long Slack = 64 * 1024;

    private readonly TemporaryDirectory _directory = new();

    private readonly HashSet<string> _reasons = [];

    public int Refused { get; private set; }

    public int Accepted { get; private set; }

    public int Failures { get; private set; }

    /// <summary>Different sentences among the refusals, numbers apart: how deep the damage gets.</summary>
    public int Reasons => _reasons.Count;

    /// <summary>The largest allocation of one load, as a share of what its file allows.</summary>
    public double LargestShare { get; private set; }

    public void Dispose() => _directory.Dispose();

    /// <summary>Forgets the counts.</summary>
    public void Reset() => (Refused, Accepted, Failures, LargestShare) = (0, 0, 0, 0);

    /// <summary>Null where the file was refused as it should be, or accepted and usable.</summary>
    public string? Examine(byte[] file, bool alsoFromDisk)
    {
        bool accepted = false;
        string? failure = Load("Load(bytes)", file, () => ElasticNetModel.Load(file), ref accepted);
        if (alsoFromDisk)
        {
            string path = _directory.File("model.enet");
            File.WriteAllBytes(path, file);
            failure ??= Again("Load(path)", file, () => ElasticNetModel.Load(path), accepted);
            failure ??= Again("OpenMapped", file, () => ElasticNetModel.OpenMapped(path), accepted);
            failure ??= Again("OpenMapped, mapped", file, () => ElasticNetModel.OpenMapped(path, largestCopy: 0), accepted);
        }
        if (accepted)
            Accepted++;
        else
            Refused++;
        if (failure is not null)
            Failures++;
        return failure;
    }

    private string? Again(string how, byte[] file, Func<ElasticNetModel> load, bool expected)
    {
        bool accepted = false;
        return Load(how, file, load, ref accepted)
            ?? (accepted == expected ? null : $"{how} {(accepted ? "accepts" : "refuses")} what Load(bytes) does not");
    }

    private string? Load(string how, byte[] file, Func<ElasticNetModel> load, ref bool accepted)
    {
        ElasticNetModel? model = null;
        string? failure = null;
        string? refusal = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            model = load();
        }
        catch (ModelFormatException e)
        {
            // The one exception that bad bytes may cause.
            refusal = e.Message;
        }
        catch (Exception e)
        {
            failure = $"{how}: {e.GetType().Name}: {e.Message}";
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        long bound = 4L * file.Length + Claims.Of(file).Allowance + Slack;
        LargestShare = Math.Max(LargestShare, (double)allocated / bound);
        if (allocated > bound)
            failure ??= $"{how}: {allocated} bytes allocated, at most {bound} allowed";
        if (refusal is not null)
            _reasons.Add(Reason(refusal));
        if (model is null)
            return failure;
        using (model)
        {
            accepted = true;
            return failure ?? Use(how, model);
        }
    }

    /// <summary>The sentence without path, names and numbers.</summary>
    private static string Reason(string refusal) =>
        Variable().Replace(refusal[refusal.IndexOf("Bad model", StringComparison.Ordinal)..], "");

    [GeneratedRegex(@"'.*?'|\(.*?\)|\[.*?\]|-?\d+")]
    private static partial Regex Variable();

    /// <summary>A file that is accepted must predict, print, and survive another round trip.</summary>
    private static string? Use(string how, ElasticNetModel model)
    {
        try
        {
            if (model.InputCount <= 100_000)
                Predict(model);
            _ = model.Preparation is { FeatureCount: <= 100_000 } ? model.UsedInputs : default;
            _ = model.ToString();
            byte[] saved = SampleModels.Bytes(model);
            using ElasticNetModel again = ElasticNetModel.Load(saved);
            return SampleModels.Bytes(again).AsSpan().SequenceEqual(saved) ? null : $"{how}: saving it twice gives different bytes";
        }
        catch (Exception e)
        {
            return $"{how}: accepted, then {e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>Numbers, codes, unknown levels, gaps and what no training row has.</summary>
    private static void Predict(ElasticNetModel model)
    {
        double[] odd = [0, 1, 2, InputColumn.UnknownLevel, 0.5, double.NaN, double.MaxValue, double.PositiveInfinity, -1e300, 3_000_000_000];
        double[] row = new double[model.InputCount], one = new double[model.Outputs], alone = new double[model.Outputs];
        double[]? offset = model.Provenance.HasOffset ? new double[model.Outputs] : null;
        for (int turn = 0; turn < 4; turn++)
        {
            // All of the same, then mixed.
            for (int j = 0; j < row.Length; j++)
                row[j] = turn == 0 ? 0 : turn == 1 ? double.NaN : odd[(7 * j + turn) % odd.Length];
            if (model.Outputs > 1)
                model.Predict(row, alone, offset);
            else
                alone[0] = offset is null ? model.Predict(row) : model.Predict(row, 0);
            // Codes here are those of the model's own levels, which a table without names cannot say.
            model.PredictCoded(MatrixView.RowMajor<double>(row, 1, row.Length), one, offset);
            if (!alone.SequenceEqual(one))
                throw new InvalidOperationException($"a row alone predicts {string.Join(", ", alone)}, in a table {string.Join(", ", one)}");
        }
    }
}
