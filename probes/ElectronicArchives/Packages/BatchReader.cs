using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Reads everything that was handed in together.</summary>
internal static class BatchReader
{
    private const int BufferBytes = 256 * 1024;

    /// <exception cref="UnableException">Nothing is there.</exception>
    public static BatchReading Read(ArchivePackage target, PackageProfile profile, MetadataScheme? scheme, DateTime now, CancellationToken stop)
    {
        var found = PackageFinding.In(target.Path, profile);
        var reader = new PackageReader(profile, SealTrustFiles.Read(target), stop);
        var packages = new List<PackageReading>();
        foreach (var (path, name) in found.Packages)
        {
            packages.Add(reader.Read(path, name));
        }

        var register = target.Register is null ? null : RegisterReader.Read(target.Register, profile.Register, stop);
        var (transfer, transferPath) = Transfer(target, profile, found.Beside, stop);
        string[] known = [.. new[] { target.Register, target.TransferList, transferPath }.OfType<string>().Select(Path.GetFullPath)];
        if (transfer is not null && profile.TransferList is { } listing)
        {
            AddWeakDigests(found, packages, transfer, listing, stop);
        }

        var (beside, unread) = Digests(found.Beside, stop);
        return new BatchReading
        {
            Beside = beside, BesideUnread = unread, IsOnePackage = found.IsOwn,
            Profile = profile, Scheme = scheme, Packages = packages, Register = register, Transfer = transfer, KnowsRevocations = target.Revocations.Count > 0, IsWhole = found.IsWhole, Now = now,
            Surplus = [.. found.Beside.Where(b => !known.Contains(b, StringComparer.Ordinal)).Select(b => Path.GetFileName(b)!)],
        };
    }

    /// <summary>Lists and whatever else lies beside the packages belong to what was handed in.</summary>
    private static (IReadOnlyList<FileDigest> Digests, IReadOnlyList<string> Unread) Digests(IReadOnlyList<string> beside, CancellationToken stop)
    {
        try
        {
            return (FileHashing.HashFiles(beside, ct: stop), []);
        }
        catch (FileHashingException some)
        {
            return (some.Digests, [.. some.Failures.Select(f => Path.GetFileName(f.Path))]);
        }
    }

    private static (TransferReading? List, string? Path) Transfer(ArchivePackage target, PackageProfile profile, IReadOnlyList<string> beside, CancellationToken stop)
    {
        if (profile.TransferList is not { } listing)
        {
            return (null, null);
        }

        var candidates = target.TransferList is { } named ? [named] : beside.Where(b => b.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var path in candidates)
        {
            if (TransferLists.Read(path, Path.GetFileName(path), listing, isNamed: target.TransferList is not null || IsCalledList(path), stop) is { } list)
            {
                return (list, path);
            }
        }

        return (null, null);
    }

    private static bool IsCalledList(string path) => Path.GetFileName(path).Contains("移交目录", StringComparison.Ordinal);

    /// <summary>Broken digests are compared where a list uses them, and nowhere else.</summary>
    private static void AddWeakDigests(PackageFinding found, List<PackageReading> packages, TransferReading transfer, TransferListing listing, CancellationToken stop)
    {
        for (var i = 0; i < packages.Count; i++)
        {
            if (packages[i].Digests.Count > 0 && transfer.EntryOf(packages[i])?.Digest(listing)?.Name is { } name && !packages[i].Digests.ContainsKey(name))
            {
                using var stream = new FileStream(RegularFile.Open(found.Packages[i].Path), FileAccess.Read);
                using var hash = IncrementalHash.CreateHash(AlgorithmNames.Hash(name));
                var buffer = new byte[BufferBytes];
                while (stream.Read(buffer) is var read and > 0)
                {
                    stop.ThrowIfCancellationRequested();
                    hash.AppendData(buffer, 0, read);
                }

                packages[i].Digests[name] = Convert.ToHexStringLower(hash.GetHashAndReset());
            }
        }
    }
}
