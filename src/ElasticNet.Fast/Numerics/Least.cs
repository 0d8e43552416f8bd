namespace ElasticNet.Fast.Numerics;

/// <summary>The least of many keys, without sorting them all.</summary>
internal static unsafe class Least
{
    /// <summary>Brings the <paramref name="wanted"/> least keys to the front, ascending, and their items with them.</summary>
    public static void Sort(double* keys, int* items, int count, int wanted)
    {
        int low = 0, high = count - 1, last = Math.Min(wanted, count) - 1;
        while (last >= 0 && low < high)
        {
            // Keys before `left` are at most the pivot, keys after `right` at least.
            double pivot = keys[low + (high - low) / 2];
            int left = low, right = high;
            while (left <= right)
            {
                while (keys[left] < pivot)
                    left++;
                while (keys[right] > pivot)
                    right--;
                if (left > right)
                    break;
                (keys[left], keys[right]) = (keys[right], keys[left]);
                (items[left], items[right]) = (items[right], items[left]);
                left++;
                right--;
            }

            if (last <= right)
                high = right;
            else if (last >= left)
                low = left;
            else
                break;
        }

        new Span<double>(keys, last + 1).Sort(new Span<int>(items, last + 1));
    }
}
