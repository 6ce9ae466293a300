namespace SmartCity.SecurityCheck.Reporting;

/// <summary>A paper for people to finish, free of any format: writers turn the same blocks into a page or a Word file.</summary>
/// <param name="Title">On top.</param>
/// <param name="Mark">Such as 草稿; stands beside the title and in every running head; empty for none.</param>
/// <param name="Subject">What it is about; stands in the running head.</param>
/// <param name="Opening">Before the contents.</param>
/// <param name="Sections">Numbered headings are part of their text.</param>
public sealed record Manuscript(string Title, string Mark, string Subject, IReadOnlyList<ManuscriptBlock> Opening, IReadOnlyList<ManuscriptSection> Sections)
{
    /// <summary>Title and opening have a page of their own, and the contents another.</summary>
    public bool HasCover { get; init; }

    /// <summary>Title with mark.</summary>
    public string Heading => Mark.Length == 0 ? Title : $"{Title}（{Mark}）";
}

/// <param name="Heading">With its number.</param>
/// <param name="Blocks">In reading order.</param>
public sealed record ManuscriptSection(string Heading, IReadOnlyList<ManuscriptBlock> Blocks);

/// <summary>Closed.</summary>
public abstract record ManuscriptBlock
{
    private protected ManuscriptBlock() { }
}

/// <param name="Text">May hold line feeds.</param>
public sealed record TextBlock(string Text) : ManuscriptBlock;

/// <summary>Must not be overlooked.</summary>
/// <param name="Text">One paragraph.</param>
public sealed record NoticeBlock(string Text) : ManuscriptBlock;

/// <param name="Text">A heading below the section's.</param>
public sealed record HeadingBlock(string Text) : ManuscriptBlock;

/// <param name="Items">One a point.</param>
public sealed record ListBlock(IReadOnlyList<string> Items) : ManuscriptBlock;

/// <param name="Columns">Heads and shares of the width; the shares need not add up to anything.</param>
/// <param name="Rows">As many cells as columns; a cell may hold line feeds.</param>
public sealed record TableBlock(IReadOnlyList<(string Head, int Share)> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ManuscriptBlock;
