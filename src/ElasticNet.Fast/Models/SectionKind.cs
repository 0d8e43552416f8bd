using System.Buffers.Binary;
using System.Text;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>What a section holds: four ASCII characters, as they stand in the file.</summary>
internal enum SectionKind : uint
{
    /// <summary>"SCHM": feature names and target name.</summary>
    Schema = 0x4D48_4353,

    /// <summary>"COEF": intercept and the coefficients that are not 0.</summary>
    Coefficients = 0x4645_4F43,

    /// <summary>"FMLY": family and link.</summary>
    Family = 0x594C_4D46,

    /// <summary>"FIT ": λ, ρ, fit and certificate.</summary>
    Fit = 0x2054_4946,

    /// <summary>"PROV": how the model came to be.</summary>
    Provenance = 0x564F_5250,

    /// <summary>"INPT": the raw columns of a model with preparation.</summary>
    Inputs = 0x5450_4E49,

    /// <summary>"PREP": how raw columns become features.</summary>
    Preparation = 0x5045_5250,

    /// <summary>"DONR": the training rows that nearest neighbours are looked for in.</summary>
    Donors = 0x524E_4F44,

    /// <summary>"EQNS": the regressions that fill numbers from each other.</summary>
    Equations = 0x534E_5145,

    /// <summary>"MTCH": observed values that take the place of what regressions predict.</summary>
    Matches = 0x4843_544D,

    /// <summary>"CURV": the cross-validation curves; optional.</summary>
    Curve = 0x5652_5543,

    /// <summary>"PROB": what the model is the solution of; optional.</summary>
    Problem = 0x424F_5250,

    /// <summary>"READ": how the text of the training table became values; optional.</summary>
    Reading = 0x4441_4552,

    /// <summary>"OUTP": the names and intercepts of several outputs.</summary>
    Outputs = 0x5054_554F,

    /// <summary>"CLSS": the labels of the classes; optional.</summary>
    Classes = 0x5353_4C43,

    /// <summary>"BASE": the baseline hazard of a Cox model; optional.</summary>
    Baseline = 0x4553_4142,

    /// <summary>"GRPS": the groups of features; optional.</summary>
    Groups = 0x5350_5247,

    /// <summary>"PATH": the solutions that the model was chosen from; optional.</summary>
    Path = 0x4854_4150,
}

/// <summary>What the reader knows about the kinds of section.</summary>
internal static class SectionKinds
{
    /// <summary>Whether a reader that does not know such a section must refuse the file.</summary>
    public static bool IsRequired(this SectionKind kind) => kind is not (SectionKind.Curve or SectionKind.Path or SectionKind.Problem or SectionKind.Reading or SectionKind.Classes or SectionKind.Baseline or SectionKind.Groups);

    /// <summary>Whether this version of the library reads such a section.</summary>
    public static bool IsKnown(this SectionKind kind) => kind
        is SectionKind.Schema or SectionKind.Coefficients or SectionKind.Family
        or SectionKind.Fit or SectionKind.Provenance or SectionKind.Curve or SectionKind.Path or SectionKind.Problem or SectionKind.Reading or SectionKind.Classes or SectionKind.Baseline or SectionKind.Groups
        or SectionKind.Outputs or SectionKind.Inputs or SectionKind.Preparation or SectionKind.Donors or SectionKind.Equations or SectionKind.Matches;

    /// <summary>The four characters for messages; a code that is not printable ASCII as a hexadecimal number.</summary>
    public static string Name(this SectionKind kind)
    {
        Span<byte> code = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(code, (uint)kind);
        return code.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Throw.Invariant($"0x{(uint)kind:X8}") : Encoding.ASCII.GetString(code);
    }
}
