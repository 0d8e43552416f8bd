using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Hostile;

/// <summary>Sound model files of many shapes: the material that is damaged.</summary>
internal sealed class Corpus
{
    public Corpus()
    {
        Small =
        [
            .. Enumerable.Range(0, 40).Select(features => Make(features, features, density: features % 3 / 2.0)),
            .. Enumerable.Range(0, 20).Select(features => Make(200 + features, features, density: features % 3 / 2.0, pathPoints: 1 + features % 4)),
            .. Enumerable.Range(0, 20).Select(features => Make(300 + features, features, density: features % 3 / 2.0, problem: true)),
            .. Enumerable.Range(0, 20).Select(seed => Read(seed, tokens: seed % 5, columns: seed % 4)),
            .. Enumerable.Range(0, 60).Select(seed => Make(seed, SamplePreparations.Any(seed))),
            .. Enumerable.Range(0, 10).Select(MakeClasses),
            .. Enumerable.Range(0, 30).Select(seed => Make(seed, features: seed / 2, outputs: 2 + seed % 4, pathPoints: seed % 3)),
        ];
        Large =
        [
            Make(100, 5_000, density: 0.01, names: true),
            Make(101, 5_000, density: 1, names: false),
            Make(102, 10, density: 1, curvePoints: 2_000),
            Make(110, 10, density: 0, pathPoints: 2_000),
            Make(113, 5_000, density: 0, names: false, problem: true),
            Make(111, 300, density: 0.5, pathPoints: 100),
            Make(103, SamplePreparations.WithDonors(rows: 3_000, columns: 1)),
            Make(104, SamplePreparations.WithDonors(rows: 70, columns: 30)),
            Make(105, SamplePreparations.WithDonors(rows: 1, columns: 2_000)),
            Make(106, SamplePreparations.WithLevels(columns: 2_000, levels: 1)),
            Make(108, SamplePreparations.WithEquations(rows: 40, columns: 60, rounds: 3)),
            Make(112, SamplePreparations.WithEquations(rows: 500, columns: 12, rounds: 2, matching: 5)),
            Make(109, SamplePreparations.WithEquations(rows: 6, columns: 3, rounds: 1_000)),
            Read(114, tokens: 5_000, columns: 1),
            Read(115, tokens: 1, columns: 2_000),
            Make(116, features: 200, outputs: 300),
            Make(117, features: 1, outputs: 3_000),
            Make(118, features: 20, outputs: 20, pathPoints: 300),
            Make(107, SamplePreparations.WithLevels(columns: 1, levels: 3_000)),
        ];
    }

    /// <summary>Small files.</summary>
    public byte[][] Small { get; }

    /// <summary>Large ones: only there does the bound on allocations bind.</summary>
    public byte[][] Large { get; }

    private static byte[] Make(int seed, int features, double density, bool? names = null, int? curvePoints = null, int pathPoints = 0, bool problem = false) =>
        SampleModels.Bytes(SampleModels.Content(seed, features, density, names: names, curvePoints: curvePoints, pathPoints: pathPoints, problem: problem));

    private static byte[] Make(int seed, int features, int outputs, int pathPoints = 0) =>
        SampleModels.Bytes(SampleOutputs.Content(seed % 2 == 0 ? Family.Multinomial : Family.MultiGaussian, 500 + seed, features, outputs, pathPoints: pathPoints));

    private static byte[] Read(int seed, int tokens, int columns) => SampleModels.Bytes(SampleModels.Content(seed, 5) with
    {
        TextFormat = new()
        {
            MissingTokens = [.. Enumerable.Range(0, tokens).Select(k => $"?{k}")],
            DecimalSeparator = seed % 2 == 0 ? '.' : ',',
            GroupSeparator = seed % 3 == 0 ? ' ' : null,
            Signs = seed % 4 == 0,
            Columns = [.. Enumerable.Range(0, columns).Select(k => new TextColumn($"c{k}", $"s{k}", (TextPart)(k % 7), k % 7 == 0 ? "%" : ""))],
        },
    });

    private static byte[] MakeClasses(int features) => SampleModels.Bytes(SampleModels.Content(400 + features, features) with
    {
        Family = Family.Binomial,
        Classes = [features % 2 == 0 ? "" : "no", "yes"],
    });

    private static byte[] Make(int seed, Preparation preparation) => SampleModels.Bytes(SampleModels.Prepared(seed, preparation, seed % 3 / 2.0));
}
