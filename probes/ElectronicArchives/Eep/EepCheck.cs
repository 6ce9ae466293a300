namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>One of the checks EEP-01 to EEP-10 on one package.</summary>
/// <param name="Id">Such as EEP-03.</param>
/// <param name="Comparisons">Pairs of values held against each other.</param>
/// <param name="Differences">Place, what is there, what should be.</param>
/// <param name="Open">What could not be compared, and why.</param>
internal sealed record EepCheck(string Id, int Comparisons, IReadOnlyList<(string Place, string Left, string Right)> Differences, IReadOnlyList<string> Open)
{
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
