namespace ElasticNet.Fast.Csv;

/// <summary>What somebody may have left unsaid about a table that is refused.</summary>
internal enum CsvRemedy
{
    /// <summary>Nothing that options can say.</summary>
    None,

    /// <summary>That the column is a category.</summary>
    DeclareCategory,

    /// <summary>That the column is a category, or the text in it a missing value.</summary>
    DeclareCategoryOrMissing,

    /// <summary>What stands before the fraction of a number.</summary>
    NameDecimal,

    /// <summary>What stands before the fraction of a number, or between its thousands.</summary>
    NameDecimalOrGroups,

    /// <summary>What stands between thousands.</summary>
    NameGroups,

    /// <summary>That numbers wear signs.</summary>
    TakeOffSigns,

    /// <summary>What separates the fields.</summary>
    NameDelimiter,

    /// <summary>Which columns are written beside predictions.</summary>
    NameKept,

    /// <summary>Which columns are left out.</summary>
    LeaveOut,
}
