namespace ElasticNet.Fast.Tests.Repository;

/// <summary>What a test may need that the .NET SDK does not bring.</summary>
[Flags]
public enum Tool
{
    /// <summary>gcc or clang, and the C library to link with: native publishing.</summary>
    Linker = 1,

    /// <summary>Any font: pictures and reports.</summary>
    Font = 2,

    /// <summary>Chromium: reports as they are seen.</summary>
    Browser = 4,

    /// <summary>python3.</summary>
    Python = 8,

    /// <summary>bash of this century, as Linux has it.</summary>
    Bash = 16,

    /// <summary>The right to give files away, and the program setpriv to do without it.</summary>
    Superuser = 32,
}
