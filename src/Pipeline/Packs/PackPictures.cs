using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The drawings of a pack that reports show: the first <see cref="Most"/> of at most <see cref="LargestBytes"/>, by path.</summary>
internal static class PackPictures
{
    private const int Most = 12;
    private const int LargestBytes = 128 * 1024;

    /// <exception cref="PackException">A file cannot be read.</exception>
    public static EvidencePack With(EvidencePack pack, string folder)
    {
        var pictures = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var evidence in pack.Evidence.Where(e => e.MediaType == "image/svg+xml" && e.Bytes is > 0 and <= LargestBytes && IsInside(e.RelativePath)).OrderBy(e => e.RelativePath, StringComparer.Ordinal).Take(Most))
        {
            if (PackReader.ReadBytes(folder, evidence.RelativePath) is { Length: <= LargestBytes } bytes)
            {
                pictures[evidence.Id] = bytes;
            }
        }

        return pack with { Pictures = pictures };
    }

    private static bool IsInside(string path) =>
        path.StartsWith($"{PackLayout.Evidence}/", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && path.Split('/').All(s => s is not ("" or "." or ".."));
}
