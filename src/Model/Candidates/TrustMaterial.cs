namespace SmartCity.SecurityCheck.Model;

/// <summary>What candidate.yaml supplies for checking certificates of an endpoint. Plain files: nothing in them has been believed yet.</summary>
public sealed record TrustMaterial
{
    public static TrustMaterial None { get; } = new();

    /// <summary>信任锚 · certificates the owner of the system vouches for.</summary>
    public IReadOnlyList<SuppliedFile> Anchors { get; init; } = [];

    /// <summary>中级证书 · issuers servers leave out, as most TLCP servers do.</summary>
    public IReadOnlyList<SuppliedFile> Intermediates { get; init; } = [];

    /// <summary>证书撤销列表.</summary>
    public IReadOnlyList<SuppliedFile> RevocationLists { get; init; } = [];

    /// <summary>Both together, this one's files first.</summary>
    public TrustMaterial With(TrustMaterial other) => new()
    {
        Anchors = [.. Anchors, .. other.Anchors],
        Intermediates = [.. Intermediates, .. other.Intermediates],
        RevocationLists = [.. RevocationLists, .. other.RevocationLists],
    };
}

/// <summary>A file, read once.</summary>
/// <param name="Name">As written in candidate.yaml.</param>
/// <param name="Content">Empty when a pack is read again: the pack does not hold the file.</param>
public sealed record SuppliedFile(string Name, ReadOnlyMemory<byte> Content);
