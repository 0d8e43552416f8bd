using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast;
using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Verify;

// Fits random models of every family and has each verified as it is, and with a coefficient changed: dotnet run -c Release [-- count seed first].
// Exit code 0: all claims hold, and no change that matters went unseen. 1: not so. 2: usage.
if (!TryNumber(0, 100_000, out int count) || !TryNumber(1, 1, out int seed) || !TryNumber(2, 0, out int first) || args.Length > 3 || count < 1 || first < 0)
{
    Console.Error.WriteLine("usage: ElasticNet.Fast.Verify [count [seed [first]]]");
    return 2;
}

(Family Family, bool Grouped)[] kinds =
[
    .. FamilyDraws.Families.Prepend(Family.Gaussian).Select(family => (family, false)), (Family.Cox, false), (Family.CoxBreslow, false), (Family.Multinomial, false), (Family.MultiGaussian, false),
    .. FamilyDraws.Families.Prepend(Family.Gaussian).Select(family => (family, true)), (Family.Cox, true), (Family.CoxBreslow, true), (Family.Multinomial, true), (Family.MultiGaussian, true),
];
Stopwatch clock = Stopwatch.StartNew();
Counts counts = new();
Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
{
    (Family family, bool grouped) = kinds[i % kinds.Length];
    if (!RandomModels.TryMake(unchecked(seed * 1_000_003 + i), family, grouped, out FittedModel? fitted))
    {
        lock (counts)
            counts.Refused++;
        return;
    }

    using ElasticNetModel model = fitted.Model;
    Verification sound = Verify(model, fitted);
    ElasticNetModel? changed = Perturbation.Of(model, Math.Sqrt(2 * sound.Found.HalfNull), new Random(i));
    Verification? damaged = changed is null ? null : Verify(changed, fitted);
    lock (counts)
        counts.Add(i, $"{family}{(grouped ? " in groups" : "")}", sound, damaged);
    changed?.Dispose();
});
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{count} random models of seed {seed}: {counts.Held} claims hold, {counts.Failed} do not, {counts.Refused} fits were refused; largest gap found {counts.LargestGap:0.0e+0}, by which a gap exceeds its claim at most {counts.LargestExcess:0.0e+0}"));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{counts.Changed} with a coefficient changed: {counts.Raised} raise the objective or the KKT residual above the claim by {Verification.Tolerance}, of these {counts.Missed} unseen; {counts.WithinRounding} raise violations by no more than rounding may; of the other {counts.Changed - counts.Raised} {counts.SeenToo} seen; {clock.Elapsed.TotalSeconds:F1} s"));
foreach ((string kind, (int held, int failed)) in counts.Kinds.OrderBy(entry => entry.Key, StringComparer.Ordinal))
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {held} hold, {failed} do not"));
return counts.Failed == 0 && counts.Missed == 0 ? 0 : 1;

static Verification Verify(ElasticNetModel model, FittedModel of) =>
    Verification.Of(model, of.Features, of.Target, of.Weights, of.Offset, of.Survival);

bool TryNumber(int at, int otherwise, out int value)
{
    value = otherwise;
    return args.Length <= at || int.TryParse(args[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
