namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>One planted defect.</summary>
/// <param name="Id">Such as P14 or M16.</param>
/// <param name="Title">For people.</param>
/// <param name="Item">Item of DA/T 70 it belongs to, such as 1-9.</param>
/// <param name="Plant">Makes a clean batch wrong.</param>
internal sealed record PackageDefect(string Id, string Title, string Item, Action<DraftBatch> Plant)
{
    /// <summary>Other items that a checker may name for the same defect, because they look at the same bytes.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>True for a weakness that is no difference of values.</summary>
    public bool IsRemark { get; init; }
}
