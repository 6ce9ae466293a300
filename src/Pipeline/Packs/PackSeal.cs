using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>封存 · hashes every file of a pack, writes the manifest and signs it with SM2.</summary>
public static class PackSeal
{
    public const string Algorithm = "SM2-SM3 (GB/T 32918.2-2016)";

    /// <param name="pack">The folder, everything but the seal written.</param>
    /// <param name="run">What goes into the manifest's head.</param>
    /// <param name="signKey">The signer's key; null makes a pack-local one and throws it away.</param>
    /// <param name="sealedAt">The run clock at the end.</param>
    /// <exception cref="IOException">A file cannot be read or the seal not written; the pack stays unfinished.</exception>
    public static PackManifest Seal(PackFolder pack, (string CandidateId, RunInformation Information) run, Sm2PrivateKey? signKey, DateTimeOffset sealedAt)
    {
        using var local = signKey is null ? Sm2PrivateKey.Generate() : null;
        var key = signKey ?? local!;
        var manifest = new PackManifest
        {
            Format = PackManifest.CurrentFormat,
            ToolVersion = run.Information.ToolVersion,
            CandidateId = run.CandidateId,
            SealedAt = sealedAt,
            Completion = run.Information.Completion,
            Signer = new PackSigner(
                Algorithm,
                Encoding.ASCII.GetString(Sm2.DefaultUserId.Span),
                Convert.ToBase64String(key.PublicKey.ExportSpki()),
                key.PublicKey.Fingerprint,
                IsPackLocal: signKey is null),
            Files = Hash(pack.Path),
        };
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(manifest, ObservationJson.Options), (byte)'\n'];
        pack.WriteBytes(PackLayout.Manifest, bytes);
        pack.WriteText(PackLayout.ManifestSm3, Sm3Line(bytes));
        pack.WriteText(PackLayout.ManifestSignature, SignatureLine(key.Sign(bytes, Sm2.DefaultUserId.Span)));
        pack.Finish();
        return manifest;
    }

    /// <summary>As <c>sm3sum</c> would print it.</summary>
    internal static string Sm3Line(ReadOnlySpan<byte> manifest) => $"{Convert.ToHexStringLower(Sm3.HashData(manifest))}  {PackLayout.Manifest}\n";

    internal static string SignatureLine(ReadOnlySpan<byte> der) => Convert.ToBase64String(der) + "\n";

    /// <summary>All regular files, the seal and the marker left out.</summary>
    /// <exception cref="FileHashingException">A file cannot be read.</exception>
    internal static IReadOnlyList<PackedFile> Hash(string folder)
    {
        var paths = PackListing.Of(folder).Files.Where(p => !PackLayout.IsSeal(p) && p != PackLayout.Unfinished).ToList();
        return [.. FileHashing.HashFiles([.. paths.Select(p => Path.Combine(folder, p))]).Zip(paths, (d, p) => new PackedFile(p, d.Bytes, d.Sha256, d.Sm3))];
    }
}

/// <summary>What lies in a pack folder.</summary>
/// <param name="Files">What is neither link nor folder, relative, forward slashes, ordinal order.</param>
/// <param name="Links">A pack has none.</param>
/// <param name="EmptyFolders">Nothing in them at all; a pack has none either, as every folder was made for a file.</param>
public sealed record PackListing(IReadOnlyList<string> Files, IReadOnlyList<string> Links, IReadOnlyList<string> EmptyFolders)
{
    private const int Cap = 1_000_000;

    /// <summary>Links are named and not followed.</summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be listed.</exception>
    public static PackListing Of(string folder)
    {
        var files = new List<string>();
        var (links, empty) = (new List<string>(), new List<string>());
        var pending = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (pending.TryPop(out var directory) && files.Count < Cap)
        {
            var isEmpty = true;
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                isEmpty = false;
                var relative = Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/');
                if (entry.LinkTarget is not null)
                {
                    links.Add(relative);
                }
                else if (entry is DirectoryInfo inner)
                {
                    pending.Push(inner);
                }
                else
                {
                    files.Add(relative);
                }
            }

            if (isEmpty)
            {
                empty.Add(Path.GetRelativePath(folder, directory.FullName).Replace('\\', '/'));
            }
        }

        files.Sort(StringComparer.Ordinal);
        links.Sort(StringComparer.Ordinal);
        empty.Sort(StringComparer.Ordinal);
        return new PackListing(files, links, empty);
    }
}
