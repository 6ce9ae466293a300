namespace SmartCity.SecurityCheck.Model;

/// <summary>抑制 · an entry of a file of suppressions. What is missing of reason, reviewer and day leaves it without effect, and that is said with the defect.</summary>
public sealed record DeclaredSuppression
{
    /// <summary>Of the one defect it means, 64 hexadecimal digits; null where rule and file name it.</summary>
    public string? Fingerprint { get; init; }

    public string? Rule { get; init; }

    /// <summary>Relative to the tree, with forward slashes.</summary>
    public string? File { get; init; }

    /// <summary>The line as reports show it, white space aside; null for every hit of the rule in the file.</summary>
    public string? Code { get; init; }

    public string? Reason { get; init; }

    public string? Reviewer { get; init; }

    /// <summary>The last day on which it counts.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>File, line and column of the entry.</summary>
    public required string Place { get; init; }
}
