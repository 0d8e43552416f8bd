using System.Globalization;

namespace ElasticNet.Fast.Adversary;

/// <summary>What the command line asks for.</summary>
internal sealed record Request
{
    public const string Usage = """
        usage: ElasticNet.Fast.Adversary [--problems N] [--seed S] [--class NAME] [--threads T]   random hostile problems, counted by class
               ElasticNet.Fast.Adversary --seed S --index I [--class NAME] [--trace]              one of them, with everything about it (and every step of the optimiser)
               ElasticNet.Fast.Adversary --families [--problems N] [--seed S] [--index I]              the same columns with targets of the other families, judged by the plain proof
               ElasticNet.Fast.Adversary --kinds [--problems N] [--seed S] [--index I]                 likewise of several outputs, survival, and penalties of groups
               ElasticNet.Fast.Adversary --check [--problems N | --index I] [--seed S]                 the judge itself, on problems with known answers
        --class makes every problem one of that class; an index then means another problem than without.
        """;

    public int Count { get; private set; } = 20_000;

    public int Seed { get; private set; } = 1;

    public int First { get; private set; }

    public int Threads { get; private set; } = Environment.ProcessorCount;

    public HostileClass? Only { get; private set; }

    /// <summary>Whether one problem is to be printed.</summary>
    public bool IsSingle { get; private set; }

    public bool IsCheck { get; private set; }

    /// <summary>Whether the other families are asked for.</summary>
    public bool HasFamilies { get; private set; }

    /// <summary>Whether several outputs, survival and groups are asked for.</summary>
    public bool HasKinds { get; private set; }

    /// <summary>Reads the command line; null where it makes no sense.</summary>
    public static Request? Parse(string[] args)
    {
        Request request = new();
        for (int k = 0; k < args.Length; k++)
        {
            string name = args[k];
            if (name == "--trace")
            {
                Improver.Trace = true;
                continue;
            }

            if (name == "--check")
            {
                request.IsCheck = true;
                continue;
            }

            if (name == "--families")
            {
                request.HasFamilies = true;
                continue;
            }

            if (name == "--kinds")
            {
                request.HasKinds = true;
                continue;
            }

            if (++k == args.Length)
                return null;
            if (name == "--class")
            {
                request.Only = HostileClass.All.FirstOrDefault(c => c.Name == args[k]);
                if (request.Only is null)
                    return null;
                continue;
            }

            if (!int.TryParse(args[k], NumberStyles.None, CultureInfo.InvariantCulture, out int value) || !request.Set(name, value))
                return null;
        }

        return request;
    }

    private bool Set(string name, int value)
    {
        switch (name)
        {
            case "--problems":
                Count = value;
                return true;
            case "--seed":
                Seed = value;
                return true;
            case "--threads":
                Threads = value;
                return value > 0;
            case "--index":
                (First, IsSingle) = (value, true);
                return true;
            default:
                return false;
        }
    }
}
