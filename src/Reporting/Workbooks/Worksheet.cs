namespace SmartCity.SecurityCheck.Reporting;

/// <summary>One sheet of a workbook, cells as text.</summary>
/// <param name="Name">At most 31 characters, without <c>[]:*?/\</c>.</param>
/// <param name="Columns">Headers with widths in characters.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
public sealed record Worksheet(string Name, IReadOnlyList<WorksheetColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Every column can be filtered by its words.</summary>
    public bool HasFilter { get; init; }
}

/// <param name="Header">First row.</param>
/// <param name="Width">Characters.</param>
public sealed record WorksheetColumn(string Header, int Width)
{
    /// <summary>Words offered in a list; empty for free text.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>People fill it in; shown on another ground.</summary>
    public bool IsInput { get; init; }
}
