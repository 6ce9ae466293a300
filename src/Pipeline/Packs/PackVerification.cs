using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What <c>verify</c> found. Closed.</summary>
public abstract record PackVerdict
{
    private protected PackVerdict() { }
}

/// <summary>Every digest and the signature agree.</summary>
/// <param name="Manifest">What was sealed.</param>
/// <param name="SignerWasNamed">True where the caller named the signer's key, and it is that one; false where any key was accepted.</param>
public sealed record PackIntact(PackManifest Manifest, bool SignerWasNamed) : PackVerdict;

/// <summary>Not a finished pack: interrupted by force, or never one.</summary>
public sealed record PackUnfinished(string Message) : PackVerdict;

/// <summary>Something changed after sealing.</summary>
/// <param name="Path">The first file that differs, is missing or is extra, in ordinal order of paths.</param>
/// <param name="Message">What is wrong with it.</param>
/// <param name="IsOtherSigner">Nothing changed: somebody else than the one named signed it.</param>
public sealed record PackDiffers(string Path, string Message, bool IsOtherSigner = false) : PackVerdict;

/// <summary>核验 · recomputes every digest and the signature, offline.</summary>
public static class PackVerification
{
    private const int ManifestCap = 256 * 1024 * 1024;

    /// <param name="folder">The pack.</param>
    /// <param name="expectedSigner">The key the caller trusts; null accepts any key and says so.</param>
    public static PackVerdict Verify(string folder, Sm2PublicKey? expectedSigner = null)
    {
        if (!Directory.Exists(folder))
        {
            return new PackUnfinished($"目录 {folder} 不存在");
        }

        if (File.Exists(Path.Combine(folder, PackLayout.Unfinished)))
        {
            return new PackUnfinished("证据包没有完成：运行被强行终止或写盘失败");
        }

        foreach (var part in new[] { PackLayout.Manifest, PackLayout.ManifestSm3, PackLayout.ManifestSignature })
        {
            if (!File.Exists(Path.Combine(folder, part)))
            {
                return new PackUnfinished($"缺少 {part}");
            }
        }

        var (manifest, trouble) = CheckSeal(folder, expectedSigner);
        return trouble ?? (PackVerdict?)CheckFiles(folder, manifest!) ?? new PackIntact(manifest!, SignerWasNamed: expectedSigner is not null);
    }

    internal static (PackManifest? Manifest, PackVerdict? Trouble) CheckSeal(string folder, Sm2PublicKey? expectedSigner)
    {
        var bytes = ReadCapped(folder, PackLayout.Manifest, ManifestCap);
        var sm3Line = ReadCapped(folder, PackLayout.ManifestSm3, 256);
        var signatureLine = ReadCapped(folder, PackLayout.ManifestSignature, 1024);
        var hashAgrees = bytes is not null && sm3Line.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(PackSeal.Sm3Line(bytes)));
        var manifest = bytes is null ? null : Parse(bytes);
        var key = manifest is null ? null : KeyOf(manifest);
        if (manifest is null || key is null)
        {
            return (null, new PackDiffers(PackLayout.Manifest, hashAgrees ? "内容不是本工具的清单" : "与 manifest.sm3 记录的杂凑值不一致"));
        }

        var signature = SignatureOf(signatureLine);
        var signed = signature is not null && key.Verify(bytes, signature, Sm2.DefaultUserId.Span);
        if (!hashAgrees)
        {
            return (null, signed
                ? new PackDiffers(PackLayout.ManifestSm3, "与清单不一致（清单的签名有效）")
                : new PackDiffers(PackLayout.Manifest, "与 manifest.sm3 记录的杂凑值不一致，签名也无效"));
        }

        if (!signed)
        {
            return (null, new PackDiffers(PackLayout.ManifestSignature, "SM2 签名无效"));
        }

        return expectedSigner is not null && !expectedSigner.Equals(key)
            ? (null, new PackDiffers(PackLayout.ManifestSignature, $"签名有效，但不是指定的签名者（实际公钥指纹 {key.Fingerprint}）", IsOtherSigner: true))
            : (manifest, null);
    }

    private static PackDiffers? CheckFiles(string folder, PackManifest manifest)
    {
        var listing = PackListing.Of(folder);
        var present = listing.Files.Where(p => !PackLayout.IsSeal(p)).ToHashSet(StringComparer.Ordinal);
        var sealedFiles = manifest.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        var faults = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var odd in listing.Links)
        {
            faults[odd] = "是链接，证据包里不应有链接";
        }

        foreach (var empty in listing.EmptyFolders.Where(e => !sealedFiles.Keys.Any(p => p.StartsWith($"{e}/", StringComparison.Ordinal))))
        {
            faults[empty] = "是空目录，是后来添加的";
        }

        foreach (var missing in sealedFiles.Keys.Where(p => !present.Contains(p)))
        {
            faults.TryAdd(missing, "清单里有，目录里没有");
        }

        foreach (var extra in present.Where(p => !sealedFiles.ContainsKey(p)))
        {
            faults[extra] = "清单里没有，是后来添加的";
        }

        var compared = manifest.Files.Where(f => present.Contains(f.Path) && !faults.ContainsKey(f.Path)).ToList();
        foreach (var (file, fault) in Compare(folder, compared))
        {
            faults[file] = fault;
        }

        return faults.Count == 0 ? null : new PackDiffers(faults.First().Key, faults.First().Value + (faults.Count > 1 ? $"（共 {faults.Count} 个文件有问题）" : ""));
    }

    private static IEnumerable<(string Path, string Fault)> Compare(string folder, List<PackedFile> files)
    {
        var (digests, failures) = Hash([.. files.Select(f => Path.Combine(folder, f.Path))]);
        foreach (var failure in failures)
        {
            yield return (Path.GetRelativePath(folder, failure.Path).Replace('\\', '/'), $"读不了：{failure.Reason}");
        }

        var failed = failures.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, digest) in files.Where(f => !failed.Contains(Path.Combine(folder, f.Path))).Zip(digests))
        {
            if (digest.Bytes != file.Bytes)
            {
                yield return (file.Path, $"长度 {digest.Bytes} 字节，封存时为 {file.Bytes} 字节");
            }
            else if (digest.Sm3 != file.Sm3 || digest.Sha256 != file.Sha256)
            {
                yield return (file.Path, "内容已改变（SM3/SHA-256 与清单不一致）");
            }
        }
    }

    private static (IReadOnlyList<FileDigest> Digests, IReadOnlyList<FileHashingFailure> Failures) Hash(IReadOnlyList<string> paths)
    {
        try
        {
            return (FileHashing.HashFiles(paths), []);
        }
        catch (FileHashingException some)
        {
            return (some.Digests, some.Failures);
        }
    }

    /// <summary>Null where the bytes are no manifest of ours: wrong shape, double or escaping paths.</summary>
    private static PackManifest? Parse(byte[] bytes)
    {
        try
        {
            var manifest = StrangerJson.Read<PackManifest>(bytes);
            var paths = manifest.Files.Select(f => f.Path).ToList();
            return manifest.Format == PackManifest.CurrentFormat
                && paths.Distinct(StringComparer.Ordinal).Count() == paths.Count
                && paths.TrueForAll(IsInside)
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && path[0] != '/' && !path.Contains('\\', StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal)
        && !PackLayout.IsSeal(path) && path.Split('/').All(p => p is not ("" or "." or ".."));

    private static Sm2PublicKey? KeyOf(PackManifest manifest)
    {
        try
        {
            var key = Sm2PublicKey.ImportSpki(Convert.FromBase64String(manifest.Signer.PublicKey));
            return key.Fingerprint == manifest.Signer.Fingerprint ? key : null;
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The one spelling we write: base64, one line. Any other is a changed file.</summary>
    private static byte[]? SignatureOf(byte[]? line)
    {
        try
        {
            var der = line is null ? [] : Convert.FromBase64String(Encoding.ASCII.GetString(line).TrimEnd('\n'));
            return line is not null && line.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(PackSeal.SignatureLine(der))) ? der : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? ReadCapped(string folder, string name, int cap)
    {
        var path = Path.Combine(folder, name);
        try
        {
            var bytes = new FileInfo(path).LinkTarget is null ? RegularFile.Read(path, cap) : [];
            return bytes.Length is 0 || bytes.Length > cap ? null : bytes;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
