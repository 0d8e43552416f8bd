namespace ElasticNet.Fast.TypedRows;

/// <summary>Finds the inputs of a model among the members of a type, by name. Done once for a predictor.</summary>
internal static class MemberMap
{
    private const int Shown = 10;
    private const string Model = "model";

    /// <summary>For each member where its value goes: to every input that predictions of the model read.</summary>
    /// <param name="model">The model, with named inputs.</param>
    /// <param name="members">The members of the type.</param>
    /// <param name="type">The name of the type, for messages.</param>
    public static MemberTarget[] Of(ElasticNetModel model, IReadOnlyList<FeatureMember> members, string type)
    {
        MemberTarget[] targets = Of(Inputs(model), members, type);
        ReadOnlySpan<int> used = model.UsedInputs;
        foreach (ref MemberTarget target in targets.AsSpan())
        {
            if (target.Slot >= 0 && used.BinarySearch(target.Slot) < 0)
                target = MemberTarget.None;
        }

        return targets;
    }

    /// <summary>For each member where its value goes. Every input has a member then, and of its kind.</summary>
    /// <param name="inputs">The inputs of the model.</param>
    /// <param name="members">The members of the type.</param>
    /// <param name="type">The name of the type, for messages.</param>
    public static MemberTarget[] Of(IReadOnlyList<InputColumn> inputs, IReadOnlyList<FeatureMember> members, string type)
    {
        Dictionary<string, int> byName = ByName(members, type);
        var targets = new MemberTarget[members.Count];
        Array.Fill(targets, MemberTarget.None);
        List<string> lacking = [];
        for (int slot = 0; slot < inputs.Count; slot++)
        {
            InputColumn input = inputs[slot];
            if (!byName.TryGetValue(input.Name, out int member))
            {
                lacking.Add($"'{input.Name}' ({Word(input.Kind)})");
                continue;
            }

            if (targets[member].Slot >= 0)
                Throw.Data(Model, Throw.Invariant($"'model' must have inputs of different names to be read from members of {type}, but inputs {targets[member].Slot} and {slot} of {inputs.Count} are both '{input.Name}'."));
            if (members[member].Kind != input.Kind)
                Throw.Data(Model, $"'{input.Name}' must be a {Word(input.Kind)} for this model, but is a {Word(members[member].Kind)} in {type}.");
            targets[member] = new(slot, input.Kind == InputKind.Category ? input : null);
        }

        if (lacking.Count > 0)
            Throw.Data(Model, Throw.Invariant($"{type} must have all {inputs.Count} inputs of the model, but lacks {List(lacking)}; it has {List([.. members.Select(member => $"'{member.Name}'")])}. [FeatureName(\"…\")] gives a member the name of an input."));
        return targets;
    }

    private static IReadOnlyList<InputColumn> Inputs(ElasticNetModel model)
    {
        if (model.Preparation is { } preparation)
            return preparation.Inputs;
        if (model.FeatureNames is { } names)
            return [.. names.Select(InputColumn.Number)];
        Throw.Data(Model, Throw.Invariant($"'model' must know the names of its {model.FeatureCount} features to find them among members: fit it with {nameof(ElasticNetOptions.FeatureNames)}."));
        return [];
    }

    private static Dictionary<string, int> ByName(IReadOnlyList<FeatureMember> members, string type)
    {
        Dictionary<string, int> byName = new(members.Count, StringComparer.Ordinal);
        for (int i = 0; i < members.Count; i++)
        {
            if (!byName.TryAdd(members[i].Name, i))
                Throw.RowContract(type, Throw.Invariant($"members {byName[members[i].Name]} and {i} of {members.Count} are both '{members[i].Name}'"));
        }

        return byName;
    }

    private static string Word(InputKind kind) => kind == InputKind.Number ? "number" : "category";

    private static string List(List<string> items) => items.Count <= Shown
        ? string.Join(", ", items)
        : Throw.Invariant($"{string.Join(", ", items.Take(Shown))} and {items.Count - Shown} more");
}
