namespace SmartCity.SecurityCheck.Model;

/// <summary>缺陷类别表 · under which heading of a report a weakness is counted.</summary>
public sealed record DefectClassTable
{
    public required RuleFile File { get; init; }

    /// <summary>In the order of reports.</summary>
    public required IReadOnlyList<DefectClass> Classes { get; init; }
}

/// <param name="Name">For people.</param>
/// <param name="Weaknesses">Numbers of CWE.</param>
public sealed record DefectClass(string Name, IReadOnlyList<int> Weaknesses);
