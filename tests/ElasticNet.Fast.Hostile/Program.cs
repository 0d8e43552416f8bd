using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast.Hostile;

// Damages real model files and feeds them to the reader: dotnet run -c Release [-- count seed].
// Exit code 0: every file was refused properly or accepted and usable. 1: at least one was not. 2: usage.
if (!TryNumber(0, 100_000, out int count) || !TryNumber(1, 1, out int seed) || args.Length > 2 || count < 1)
{
    Console.Error.WriteLine("usage: ElasticNet.Fast.Hostile [count [seed]]");
    return 2;
}

Corpus corpus = new();
using Examination examination = new();
// Loads types and code, whose memory is not a file's fault.
foreach (byte[] file in corpus.Small)
    examination.Examine(file, alsoFromDisk: true);
examination.Reset();
// The bound must hold for sound files, too.
foreach (byte[] file in corpus.Large)
{
    if (examination.Examine(file, alsoFromDisk: true) is { } reason)
        Console.Error.WriteLine($"a sound file of {file.Length} bytes: {reason}");
}


Stopwatch clock = Stopwatch.StartNew();
using Watchdog watchdog = new(TimeSpan.FromSeconds(20));
for (int i = 0; i < count; i++)
{
    byte[] file = Mutation.Make(corpus, new Random(HashCode(seed, i)));
    watchdog.Start(i);
    string? failure = examination.Examine(file, alsoFromDisk: i % 16 == 0);
    watchdog.Stop();
    if (failure is not null && examination.Failures <= 10)
        Console.Error.WriteLine($"file {i} of seed {seed}: {failure}");
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{count} damaged files of seed {seed} and {corpus.Large.Length} sound ones: {examination.Refused} refused (in {examination.Reasons} ways), {examination.Accepted} accepted, {examination.Failures} failures; "
    + $"largest allocation {examination.LargestShare:P1} of its bound; {clock.Elapsed.TotalSeconds:F1} s"));
return examination.Failures == 0 ? 0 : 1;

// A fixed mixture, so that a file can be made again from its number alone.
static int HashCode(int seed, int index) => unchecked((seed * 486_187_739 + index) * 16_777_619 ^ index << 7);

bool TryNumber(int at, int otherwise, out int value)
{
    value = otherwise;
    return args.Length <= at || int.TryParse(args[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
