namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>One element of a page as people could point at it.</summary>
internal sealed record SeenElement
{
    /// <summary>Of the page's frames, from 0.</summary>
    public int Frame { get; init; }

    /// <summary>Its number in the frame.</summary>
    public int Index { get; init; }

    public string Tag { get; init; } = "";

    /// <summary>ARIA role, said or implied; empty where it has none.</summary>
    public string Role { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Text that stands directly in it.</summary>
    public string Text { get; init; } = "";

    /// <summary>data-testid.</summary>
    public string Mark { get; init; } = "";

    /// <summary>The nearest collected element around it; -1 for none.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>Number of its table in the frame; -1 for none.</summary>
    public int Table { get; init; } = -1;

    public int Row { get; init; } = -1;

    public int Column { get; init; } = -1;

    public bool Visible { get; init; } = true;

    public bool Enabled { get; init; } = true;
}

internal sealed record SeenTable
{
    public int Frame { get; init; }

    public string Title { get; init; } = "";

    public IReadOnlyList<string> Headers { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<string>> Rows { get; init; } = [];
}

internal sealed record SeenField(string Label, string Value);

/// <summary>A frame as the script tells it.</summary>
internal sealed record FrameSnapshot
{
    public IReadOnlyList<SeenElement> Elements { get; init; } = [];

    public IReadOnlyList<SeenTable> Tables { get; init; } = [];

    public IReadOnlyList<SeenField> Fields { get; init; } = [];

    /// <summary>Values that are to be covered.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Masks that found their column or field.</summary>
    public IReadOnlyList<string> Matched { get; init; } = [];

    /// <summary>False where there may be more to cover than was found.</summary>
    public bool Coverable { get; init; } = true;

    /// <summary>False where a cap cut something.</summary>
    public bool Whole { get; init; } = true;

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    public bool HasPassword { get; init; }
}

/// <summary>A page at one moment, all its frames.</summary>
internal sealed record PageSnapshot(IReadOnlyList<FrameSnapshot> Frames)
{
    public IEnumerable<SeenElement> Elements => Frames.SelectMany((f, i) => f.Elements.Select((e, n) => e with { Frame = i, Index = n }));

    public IEnumerable<SeenTable> Tables => Frames.SelectMany((f, i) => f.Tables.Select(t => t with { Frame = i }));

    public IEnumerable<SeenField> Fields => Frames.SelectMany(f => f.Fields);

    public IReadOnlyList<string> Hidden => [.. Frames.SelectMany(f => f.Hidden).Where(h => h.Length > 0).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<string> Matched => [.. Frames.SelectMany(f => f.Matched).Distinct(StringComparer.Ordinal)];

    public bool Coverable => Frames.All(f => f.Coverable);

    public string Text => string.Join('\n', Frames.Select(f => f.Text));

    public bool HasPassword => Frames.Any(f => f.HasPassword);

    public bool Whole => Frames.All(f => f.Whole);
}
