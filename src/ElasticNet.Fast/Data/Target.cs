using System.Runtime.CompilerServices;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// The target y, and what else belongs to rows: weights, an offset, and who is held out with whom. Converts from arrays and spans by
/// itself and copies numbers only where they are no <see cref="double"/> yet: <c>y</c>, <c>[1, 2.5, 3]</c>, <c>new Target(y) { Weights = w }</c>.
/// </summary>
[CollectionBuilder(typeof(Target), nameof(Create))]
public readonly ref struct Target
{
    /// <summary>A continuous target.</summary>
    /// <param name="values">One finite number for each row.</param>
    public Target(ReadOnlySpan<double> values) => Values = values;

    /// <summary>The numbers, one for each row; of classes their codes; of several responses all rows of the first, then all of the second, and so on.</summary>
    public ReadOnlySpan<double> Values { get; }

    /// <summary>Observation weights ≥ 0, one per row; empty means equal. Only ratios matter, but for standard errors of families that know their variance: there a weight of 2 is two rows. A row of weight 0 counts nowhere, and it may hold anything, NaN and infinities included.</summary>
    public ReadOnlySpan<double> Weights { get; init; }

    /// <summary>A known part oᵢ of the linear predictor, one per row; empty means 0. Of several outputs see <see cref="Offsets"/>.</summary>
    public ReadOnlySpan<double> Offset { get; init; }

    /// <summary>Of <see cref="Family.Multinomial"/> and <see cref="Family.MultiGaussian"/> a known part of each linear predictor: a row for each row, a column for each class or response, in their order; empty means 0.</summary>
    public MatrixView<double> Offsets { get; init; }

    /// <summary>Which rows cross-validation holds out together; null means at random, as <see cref="ElasticNetOptions.Folds"/>, <see cref="ElasticNetOptions.Repeats"/> and <see cref="ElasticNetOptions.Seed"/> say.</summary>
    public FoldPlan? Folds { get; init; }

    /// <summary>What it is called, kept in the model; no feature may be called so. Null: <see cref="ElasticNetOptions.TargetName"/> says it.</summary>
    public string? Name { get; init; }

    /// <summary>Of classes their names, by the codes in <see cref="Values"/>; of two the second is the event of <c>Family.Binomial</c>. Null for numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; private init; }

    /// <summary>Of several responses their names; null for others.</summary>
    public IReadOnlyList<string>? ResponseNames { get; private init; }

    /// <summary>The number of responses: the columns of <see cref="Columns"/>, else 1.</summary>
    public int Responses => ResponseNames?.Count ?? 1;

    /// <summary>How long rows were watched, for <c>Family.Cox</c>; null for other targets. <see cref="Values"/> are 1 for events then, else 0.</summary>
    internal SurvivalTimes? Times { get; private init; }

    /// <summary>The number of rows.</summary>
    public int Length => Values.Length / Responses;

    /// <summary>A continuous target, as <c>[1, 2.5, 3]</c> makes one.</summary>
    /// <param name="values">One finite number for each row.</param>
    public static Target Create(ReadOnlySpan<double> values) => new(values);

    /// <summary>
    /// Classes by their labels: two for <c>Family.Binomial</c>, two or more for <c>Family.Multinomial</c>. They are sorted ordinally; of two the second is the
    /// event, unless another is named. They are kept in the model.
    /// </summary>
    /// <param name="labels">One label for each row; null means missing, which is allowed in rows that do not count.</param>
    /// <param name="positive">Of two labels that of the event, whose probability is predicted; null means the second in ordinal order.</param>
    /// <exception cref="ArgumentException">There are no two different labels; or <paramref name="positive"/> is none of them, or is named of more than two.</exception>
    public static Target Labels(IReadOnlyList<string?> labels, string? positive = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        (double[] values, string[] classes) = ClassLabels.Read(labels, positive);
        return new(values) { ClassNames = Array.AsReadOnly(classes) };
    }

    /// <summary>
    /// Classes by their codes: two for <c>Family.Binomial</c>, whose event is code 1, two or more for <c>Family.Multinomial</c>. Their names are kept in the model,
    /// in the order given here.
    /// </summary>
    /// <param name="codes">The place of each row's class in <paramref name="names"/>; −1 means missing, which is allowed in rows that do not count. Copied as numbers.</param>
    /// <param name="names">What the classes are called: two or more, no two the same.</param>
    /// <exception cref="ArgumentException">There are fewer than two names, two are the same, or a code has none.</exception>
    public static Target Classes(scoped ReadOnlySpan<int> codes, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] known = [.. names];
        return new(ClassLabels.Numbers(codes, known)) { ClassNames = Array.AsReadOnly(known) };
    }

    /// <summary>Two or more responses, for <c>Family.MultiGaussian</c>. Copied.</summary>
    /// <param name="y">A row for each row, a column for each response.</param>
    /// <param name="names">What the responses are called, no two the same; null means y0, y1, ….</param>
    /// <exception cref="ArgumentException">There is one response only, which is a target of <c>Family.Gaussian</c>; or there are not as many names as columns, or two are the same.</exception>
    public static Target Columns(scoped MatrixView<double> y, IReadOnlyList<string>? names = null)
    {
        (double[] values, string[] known) = ResponseColumns.Read(y, names);
        return new(values) { ResponseNames = Array.AsReadOnly(known) };
    }

    /// <summary>Two classes, for <c>Family.Binomial</c>: true is the event. The model calls them "false" and "true".</summary>
    /// <param name="events">Whether the event happened, one for each row; copied as numbers.</param>
    public static Target Events(ReadOnlySpan<bool> events) => new(ClassLabels.Numbers(events)) { ClassNames = ClassLabels.Booleans };

    /// <summary>
    /// How long each row was watched and whether the event ended that, for <c>Family.Cox</c>. Copied. A row is at risk at each event of its stratum with
    /// start &lt; t ≤ time; a stratum without events takes no part.
    /// </summary>
    /// <param name="time">Until when each row was watched, &gt; 0.</param>
    /// <param name="isEvent">Whether the event happened then; else the row was censored. One for each row, and one of them true.</param>
    /// <param name="start">From when on each row was watched, 0 ≤ start &lt; time; empty means from the beginning.</param>
    /// <param name="strata">The stratum of each row, any numbers: only rows of one stratum are compared. Empty means a single one.</param>
    /// <param name="strataNames">What the strata are called, where their numbers count from 0 up in this list; null means by their numbers.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a stratum has no name.</exception>
    public static Target Survival(
        scoped ReadOnlySpan<double> time, scoped ReadOnlySpan<bool> isEvent, scoped ReadOnlySpan<double> start = default, scoped ReadOnlySpan<int> strata = default,
        IReadOnlyList<string>? strataNames = null) =>
        Of(new SurvivalTimes(time, isEvent, start, strata, strataNames));

    /// <summary>Rows of survival that is known already.</summary>
    internal static Target Of(SurvivalTimes times) => new(times.Events) { Times = times };

    /// <summary>Rows of classes that are known already.</summary>
    internal static Target Known(double[] values, IReadOnlyList<string> classes) => new(values) { ClassNames = classes };

    /// <summary>The numbers, one by one.</summary>
    public ReadOnlySpan<double>.Enumerator GetEnumerator() => Values.GetEnumerator();

    /// <summary>A continuous target.</summary>
    /// <param name="values">One finite number for each row.</param>
    public static implicit operator Target(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values);
    }

    /// <summary>A continuous target, copied as numbers of double precision.</summary>
    /// <param name="values">One finite number for each row.</param>
    public static implicit operator Target(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(Array.ConvertAll(values, value => (double)value));
    }

    /// <summary>A target of whole numbers, counts for instance, copied as numbers of double precision.</summary>
    /// <param name="values">One number for each row.</param>
    public static implicit operator Target(int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(Array.ConvertAll(values, value => (double)value));
    }

    /// <summary>Two classes, for <c>Family.Binomial</c>: true is the event.</summary>
    /// <param name="events">Whether the event happened, one for each row; copied as numbers.</param>
    public static implicit operator Target(bool[] events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return Events(events);
    }

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(ReadOnlySpan<double> values) => new(values);

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(Span<double> values) => new(values);

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(ReadOnlyMemory<double> values) => new(values.Span);

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(Memory<double> values) => new(values.Span);
}
