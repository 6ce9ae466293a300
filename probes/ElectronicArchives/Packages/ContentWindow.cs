using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// Contents of a package that are in memory together, so that they are read once and hashed side by side. Bounded by bytes and by number;
/// a content too long for it is alone and hashed as it streams by.
/// </summary>
internal static class ContentWindow
{
    /// <summary>Longer contents are no part of a window.</summary>
    public const long SharedBytes = 4L * 1024 * 1024;
    private const long WindowBytes = 32L * 1024 * 1024;
    private const int WindowFiles = 1024;

    /// <summary>Cuts entries, in their order, into windows.</summary>
    public static IEnumerable<IReadOnlyList<ContainerEntry>> Of(IReadOnlyList<ContainerEntry> entries)
    {
        var window = new List<ContainerEntry>();
        var bytes = 0L;
        foreach (var entry in entries)
        {
            if (window.Count == WindowFiles || (window.Count > 0 && bytes + entry.Bytes > WindowBytes))
            {
                yield return window;
                (window, bytes) = ([], 0);
            }

            window.Add(entry);
            bytes += entry.Bytes;
        }

        if (window.Count > 0)
        {
            yield return window;
        }
    }

    /// <summary>Fills in the digests of those that have none.</summary>
    public static void Hash(IEnumerable<ContentReading?> window, CancellationToken stop)
    {
        List<ContentReading> open = [.. window.OfType<ContentReading>().Where(c => c is { Sm3: null, IsWhole: true, Length: <= SharedBytes })];
        var digests = ContentHashing.HashData([.. open.Select(c => (ReadOnlyMemory<byte>)c.Bytes)], stop);
        for (var i = 0; i < open.Count; i++)
        {
            open[i].Take(digests[i]);
        }
    }
}
