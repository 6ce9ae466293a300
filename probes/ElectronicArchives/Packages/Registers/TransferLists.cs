using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>移交目录 · read from its file; one way for batches that were handed in and for packages a flow downloaded.</summary>
internal static class TransferLists
{
    private const int ListCap = 64 * 1024 * 1024;

    /// <summary>Null for a file that is no list; one that is said to be the list is there even where it cannot be read.</summary>
    public static TransferReading? Read(string path, string name, TransferListing listing, bool isNamed, CancellationToken stop)
    {
        string why;
        try
        {
            var bytes = RegularFile.Read(path, ListCap);
            if (bytes.Length <= ListCap)
            {
                return TransferReading.Of(name, bytes, listing, isNamed, stop);
            }

            why = $"超过 {ListCap / 1024 / 1024} MiB，没有读";
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            why = File.Exists(path) ? $"读不了：{trouble.Message}" : "没有这个文件";
        }

        return isNamed ? new TransferReading(name, [], []) { Fault = why, IsUnread = true } : null;
    }
}
