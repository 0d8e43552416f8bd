namespace ElasticNet.Fast;

/// <summary>What somebody who typed a name that is not there may have meant.</summary>
internal static class NearestName
{
    /// <summary>Names beyond these are not compared: a table may have a hundred thousand.</summary>
    private const int MostCompared = 10_000;

    private const int Longest = 64;

    /// <summary>" (did you mean 'Area'?)" where a name differs by case and blanks alone, or by a third of its letters at most; else nothing.</summary>
    public static string Hint(string name, IEnumerable<string> names)
    {
        string? best = null;
        int least = Math.Min(name.Length, Longest) / 3 + 1;
        foreach (string candidate in names.Take(MostCompared))
        {
            int distance = string.Equals(candidate.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate);
            if (distance < least)
                (best, least) = (candidate, distance);
        }

        return best is null ? "" : $" (did you mean '{best}'?)";
    }

    // Insertions, deletions, substitutions and swaps of neighbours, whatever the case; Damerau 1964.
    private static int Distance(string name, string candidate)
    {
        ReadOnlySpan<char> left = name.AsSpan(0, Math.Min(name.Length, Longest)), right = candidate.AsSpan(0, Math.Min(candidate.Length, Longest));
        int[,] least = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    least[i, j] = i + j;
                    continue;
                }

                bool swapped = i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);
                int changed = least[i - 1, j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1), one = Math.Min(least[i - 1, j], least[i, j - 1]) + 1;
                least[i, j] = Math.Min(changed, Math.Min(one, swapped ? least[i - 2, j - 2] + 1 : one));
            }
        }

        return least[left.Length, right.Length];

        static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
    }
}
