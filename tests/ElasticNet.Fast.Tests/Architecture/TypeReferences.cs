using System.Reflection;
using System.Reflection.Emit;

namespace ElasticNet.Fast.Tests.Architecture;

/// <summary>Which types of an assembly a type needs: in its bases, members, signatures and code. What is nested or generated counts as the type around it.</summary>
internal static class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>For each type that is not nested those that it needs, itself left out.</summary>
    public static Dictionary<Type, HashSet<Type>> Of(Assembly assembly)
    {
        Dictionary<Type, HashSet<Type>> all = [];
        foreach (Type type in assembly.GetTypes())
        {
            Type outer = Outermost(type);
            if (!all.TryGetValue(outer, out HashSet<Type>? seen))
                all.Add(outer, seen = []);
            Collect(type, assembly, seen);
            seen.Remove(outer);
        }

        return all;
    }

    private static void Collect(Type type, Assembly assembly, HashSet<Type> seen)
    {
        Add(type.BaseType);
        foreach (Type face in type.GetInterfaces())
            Add(face);
        foreach (FieldInfo field in type.GetFields(All))
            Add(field.FieldType);
        foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            Add((method as MethodInfo)?.ReturnType);
            foreach (ParameterInfo parameter in method.GetParameters())
                Add(parameter.ParameterType);
            foreach (MemberInfo used in Used(method))
                AddMember(used);
        }

        void AddMember(MemberInfo member)
        {
            Add(member as Type ?? member.DeclaringType);
            if (member is MethodInfo { IsGenericMethod: true } generic)
            {
                foreach (Type argument in generic.GetGenericArguments())
                    Add(argument);
            }
        }

        void Add(Type? needed)
        {
            if (needed is null || needed.IsGenericParameter)
                return;
            if (needed.HasElementType)
            {
                Add(needed.GetElementType());
                return;
            }

            foreach (Type argument in needed.IsConstructedGenericType ? needed.GetGenericArguments() : [])
                Add(argument);
            if (needed.Assembly == assembly)
                seen.Add(Outermost(needed.IsConstructedGenericType ? needed.GetGenericTypeDefinition() : needed));
        }
    }

    /// <summary>What the code of a method names.</summary>
    private static IEnumerable<MemberInfo> Used(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
            yield break;
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (LocalVariableInfo local in body.LocalVariables)
            yield return local.LocalType;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
                value = (short)(0xFE00 | code[at++]);
            OpCode op = s_codes[value];
            switch (op.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + 4 * BitConverter.ToInt32(code, at);
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at++;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }
}
