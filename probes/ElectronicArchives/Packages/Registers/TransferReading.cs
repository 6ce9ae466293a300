using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>移交目录 · the list that travels with a batch.</summary>
/// <param name="Name">File name.</param>
/// <param name="Head">Values of the list itself.</param>
/// <param name="Entries">By package, in the order of the list.</param>
internal sealed record TransferReading(string Name, IReadOnlyList<NamedValue> Head, IReadOnlyList<TransferEntry> Entries)
{
    private const int MaxEntries = 100_000;

    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Fault { get; init; }

    /// <summary>It is there, and its bytes were not looked at: they could not be had, or are more than are taken.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Why <see cref="Entries"/> are not all there are; null where they are.</summary>
    public string? Cut { get; init; }

    public XElement? Tree { get; init; }

    /// <summary>The list in these bytes; null where they are no such list.</summary>
    public static TransferReading? Of(string name, byte[] bytes, TransferListing listing, bool isNamed, CancellationToken stop)
    {
        var (root, fault) = PackageMarkup.Read(bytes, stop);
        if (root is null)
        {
            return isNamed ? new TransferReading(name, [], []) { Fault = fault } : null;
        }

        if (root.Name.LocalName != listing.Root)
        {
            return isNamed ? new TransferReading(name, [], []) { Fault = $"根元素是 {root.Name.LocalName}，应为 {listing.Root}" } : null;
        }

        var elements = PackageMarkup.Named(root, listing.Element).Take(MaxEntries + 1).ToList();
        var entries = elements.Take(MaxEntries).Select((e, i) => new TransferEntry(
            $"{name} 第 {i + 1} 条", (PackageMarkup.Of(e, listing.Id) ?? "").Trim(), [.. e.Elements().Where(c => !c.HasElements).Select(c => new NamedValue(c.Name.LocalName, c.Value, name))])).ToList();
        return new TransferReading(name, [.. root.Elements().Where(e => !e.HasElements).Select(e => new NamedValue(e.Name.LocalName, e.Value, name))], entries)
        {
            Tree = root, Cut = elements.Count > MaxEntries ? $"{name} 超过 {MaxEntries} 条，只读了前 {MaxEntries} 条" : null,
        };
    }

    /// <summary>What the list says of a package; null where it does not list it.</summary>
    public TransferEntry? EntryOf(PackageReading package) => EntryOf(package.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? package.Name[..^4] : package.Name);

    /// <summary>The same by the package's own id, for one whose file is called otherwise.</summary>
    public TransferEntry? EntryOf(string id) => Entries.FirstOrDefault(e => NameForms.AreSame(e.Id, id));
}

internal sealed record TransferEntry(string Place, string Id, IReadOnlyList<NamedValue> Values)
{
    /// <summary>Null where it is not there.</summary>
    public string? Of(string? name) => name is null ? null : Values.FirstOrDefault(v => v.Name == name)?.Value.Trim();

    /// <summary>The digest of the package file; null where the list states none.</summary>
    public StatedDigest? Digest(TransferListing listing) => Of(listing.Digest) is { Length: > 0 } written ? new StatedDigest(written, Of(listing.Algorithm) ?? "") : null;
}

/// <summary>A digest that a list states of a package.</summary>
/// <param name="Written">Hexadecimal or Base64, as it stands.</param>
/// <param name="Algorithm">As it stands; empty where it is not said.</param>
internal sealed record StatedDigest(string Written, string Algorithm)
{
    /// <summary>Null for an algorithm that is not known.</summary>
    public string? Name { get; } = AlgorithmNames.Of(Algorithm);

    /// <summary>Whether right or not, it fixes nothing.</summary>
    public bool IsWeak => Name is not null && AlgorithmNames.IsWeak(Name);

    /// <summary>What the package file came to; null where that was not computed.</summary>
    public string? ComputedOf(PackageReading package) => Name is null ? null : package.Digests.GetValueOrDefault(Name);

    public bool IsSame(string computed) => AlgorithmNames.AreSame(computed, Written);
}
