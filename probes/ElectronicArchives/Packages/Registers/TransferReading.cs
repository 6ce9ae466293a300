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
    public TransferEntry? EntryOf(PackageReading package)
    {
        var name = package.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? package.Name[..^4] : package.Name;
        return Entries.FirstOrDefault(e => NameForms.AreSame(e.Id, name));
    }
}

internal sealed record TransferEntry(string Place, string Id, IReadOnlyList<NamedValue> Values)
{
    /// <summary>Null where it is not there.</summary>
    public string? Of(string? name) => name is null ? null : Values.FirstOrDefault(v => v.Name == name)?.Value.Trim();
}
