namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a file is by its content.</summary>
/// <param name="Name">Short, in capitals, such as OFD, PDF, JPEG; as package profiles and metadata write it.</param>
/// <param name="Title">For people.</param>
internal sealed record SeenFormat(string Name, string Title)
{
    /// <summary>Such as PDF/A-2b where the file declares it; null otherwise.</summary>
    public string? Declared { get; init; }

    /// <summary>Usual ones, lower case; empty where any will do.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    public bool IsArchive { get; init; }

    public bool IsRunnable { get; init; }

    public bool IsTestVirus { get; init; }

    /// <summary>Null where it was not looked.</summary>
    public required bool? IsEncrypted { get; init; }

    /// <summary>What speaks against keeping it, one phrase each: scripts, macros, embedded files; null where it was not looked.</summary>
    public required IReadOnlyList<string>? Vetoes { get; init; }

    /// <summary>False where nothing here opens files of this format, or this one is too long; then <see cref="Broken"/> says nothing.</summary>
    public required bool IsOpened { get; init; }

    /// <summary>Why it cannot be opened to its end; null where nothing was seen.</summary>
    public string? Broken { get; init; }

    /// <summary>Where counted; null otherwise.</summary>
    public int? Pages { get; init; }
}
