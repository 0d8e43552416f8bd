using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Hash;

/// <summary>A line for each answer, after one for the machine.</summary>
internal static class HashFile
{
    // Bits are comparable between commits, not between widths of vectors.
    private static string Machine => string.Create(
        CultureInfo.InvariantCulture,
        $"# {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits");

    /// <summary>What a file of these answers would hold.</summary>
    public static string[] Lines(IEnumerable<Answer> answers, Action<string> progress)
    {
        List<string> lines = [Machine];
        foreach (Answer answer in answers)
        {
            progress(answer.Name);
            lines.Add(answer.Line);
        }

        return [.. lines];
    }

    /// <summary>Writes it.</summary>
    public static void Write(string file, IEnumerable<Answer> answers, Action<string> progress) => File.WriteAllLines(file, Lines(answers, progress));

    /// <summary>Reads it back.</summary>
    public static string[] Read(string file) => File.ReadAllLines(file);

    /// <summary>Says which answers differ, and by how much; an answer that only one file has counts as well.</summary>
    /// <returns>Whether all are the same.</returns>
    public static bool Compare(string[] before, string[] after, TextWriter output)
    {
        if (before[0] != after[0])
            output.WriteLine($"mind: {before[0]} is beside {after[0]}");
        Dictionary<string, string[]> old = Fields(before), now = Fields(after);
        int same = 0, different = 0;
        foreach (string name in old.Keys.Union(now.Keys))
        {
            if (!old.TryGetValue(name, out string[]? left) || !now.TryGetValue(name, out string[]? right))
                output.WriteLine($"{name}: only {(old.ContainsKey(name) ? "before" : "after")}");
            else if (left[1] == right[1])
                same++;
            else
                output.WriteLine(Difference(name, left, right, ++different));
        }

        int missing = old.Keys.Union(now.Keys).Count() - same - different;
        output.WriteLine($"{same} answers have the same bits, {different} differ, {missing} are in one file only");
        return different == 0 && missing == 0;
    }

    private static string Difference(string name, string[] left, string[] right, int number)
    {
        if (left[2] != right[2])
            return $"{number}. {name}: {left[2]} numbers have become {right[2]}";
        double before = double.Parse(left[3], CultureInfo.InvariantCulture), after = double.Parse(right[3], CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{number}. {name}: other bits; the root mean square of its {left[2]} numbers by {Math.Abs(after / before - 1):0.0e+0} of itself");
    }

    private static Dictionary<string, string[]> Fields(string[] lines) =>
        lines.Skip(1).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], StringComparer.Ordinal);
}
