namespace SmartCity.SecurityCheck.Model;

/// <summary>材料种类表 · how the papers of an acceptance are recognised. Data of the rules.</summary>
public sealed record MaterialKindTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<MaterialKind> Kinds { get; init; }
}

/// <param name="Name">As clauses and <c>materials:</c> call it.</param>
public sealed record MaterialKind(string Name)
{
    /// <summary>Words of a file's name or of the title, any of which is enough; the name itself always counts.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>Words of the text, all of which such a paper has; empty where the title alone tells.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Months for which it is good after its date; null where it does not age.</summary>
    public int? ValidMonths { get; init; }

    /// <summary>Where the months come from.</summary>
    public string? ValidSource { get; init; }

    /// <summary>Who usually makes or holds it; null where that is the owner.</summary>
    public string? Issuer { get; init; }

    /// <summary>Somebody has to sign or seal it.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Of the unit and not of one system, such as a regulation: it need not name the system.</summary>
    public bool IsGeneral { get; init; }

    /// <summary>Speaks of one version of the system.</summary>
    public bool IsVersioned { get; init; }
}
