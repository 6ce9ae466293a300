namespace SmartCity.SecurityCheck.Model;

/// <summary>缺陷类别表 · under which heading of a report a weakness is counted.</summary>
public sealed record DefectClassTable
{
    public required RuleFile File { get; init; }

    /// <summary>In the order of reports.</summary>
    public required IReadOnlyList<DefectClass> Classes { get; init; }

    /// <summary>Which weaknesses may be two names of one defect.</summary>
    public IReadOnlyList<WeaknessKin> Kin { get; init; } = [];
}

/// <param name="Name">For people.</param>
/// <param name="Weaknesses">Numbers of CWE.</param>
public sealed record DefectClass(string Name, IReadOnlyList<int> Weaknesses);

/// <param name="Broad">Number of CWE of the wider weakness.</param>
/// <param name="Narrow">Those it takes in, each a kind of it.</param>
public sealed record WeaknessKin(int Broad, IReadOnlyList<int> Narrow);
