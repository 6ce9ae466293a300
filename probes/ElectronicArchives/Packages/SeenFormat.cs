namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a file is by its content.</summary>
/// <param name="Name">Short, such as OFD, PDF, JPEG; as package profiles and metadata write it.</param>
/// <param name="Title">For people.</param>
internal sealed record SeenFormat(string Name, string Title)
{
    /// <summary>Such as PDF/A where the file declares it; null otherwise.</summary>
    public string? Declared { get; init; }

    /// <summary>What bars the file from an archive, one phrase each: encryption, scripts, macros.</summary>
    public IReadOnlyList<string> Vetoes { get; init; } = [];

    /// <summary>Why it cannot be opened to its end; null where nothing was seen.</summary>
    public string? Broken { get; init; }

    /// <summary>Where counted; null otherwise.</summary>
    public int? Pages { get; init; }
}
