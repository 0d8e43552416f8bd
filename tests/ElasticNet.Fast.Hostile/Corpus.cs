using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Hostile;

/// <summary>Sound model files of many shapes: the material that is damaged.</summary>
internal sealed class Corpus
{
    public Corpus()
    {
        for (int features = 0; features < 40; features++)
            Files.Add(Make(features, features, density: features % 3 / 2.0));
        // A few large ones: only there does the bound on allocations bind.
        Files.Add(Make(100, 5_000, density: 0.01, names: true));
        Files.Add(Make(101, 5_000, density: 1, names: false));
        Files.Add(Make(102, 10, density: 1, curvePoints: 2_000));
    }

    /// <summary>The files.</summary>
    public List<byte[]> Files { get; } = [];

    private static byte[] Make(int seed, int features, double density, bool? names = null, int? curvePoints = null) =>
        SampleModels.Bytes(SampleModels.Content(seed, features, density, names: names, curvePoints: curvePoints));
}
