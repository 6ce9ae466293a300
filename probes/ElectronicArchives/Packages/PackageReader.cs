using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Reads packages by their profile. Trouble with one of them is part of its reading, and the batch goes on.</summary>
internal sealed class PackageReader(PackageProfile profile, SealTrust trust, CancellationToken stop)
{
    private const int DocumentCap = 4 * 1024 * 1024;
    private IReadOnlyList<string> _others = [];

    public PackageReading Read(string path, string name)
    {
        var reading = new PackageReading { Name = name };
        try
        {
            if (File.Exists(path))
            {
                var digest = FileHashing.HashFiles([path], ct: stop)[0];
                reading.FileBytes = digest.Bytes;
                reading.Digests["SM3"] = digest.Sm3;
                reading.Digests["SHA-256"] = digest.Sha256;
            }

            if (profile.Form == PackageForm.Eep && File.Exists(path))
            {
                EepReading.Read(path, reading, profile.SignedForm, trust, stop);
                return reading;
            }

            using var container = Containers.Open(path, stop);
            ReadContainer(container, reading, Directory.Exists(path) ? path : null);
        }
        catch (ContainerException broken)
        {
            reading.Faults.Add(broken.Fault);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            reading.IsUnread = true;
            reading.Faults.Add(new ContainerFault(ContainerFaultKind.NoContainer, null, $"读不了：{trouble.Message}"));
        }

        return reading;
    }

    private void ReadContainer(IContainer container, PackageReading reading, string? folder)
    {
        reading.Faults.AddRange(container.Faults);
        reading.Folders.AddRange(container.Entries.Where(e => e.IsFolder).Select(e => e.Path.TrimEnd('/')));
        var entries = container.Entries.Where(e => !e.IsFolder).ToList();
        _others = profile.Form == PackageForm.BagIt ? [.. entries.Select(e => BagTags.Algorithm(e.Path)).OfType<string>().Select(AlgorithmNames.Of).OfType<string>().Where(a => a is "MD5" or "SHA-1" or "SHA-512").Distinct(StringComparer.Ordinal)] : [];
        var hashed = folder is null ? [] : HashFolder(folder, [.. entries.Where(e => e.Bytes > ContentWindow.SharedBytes)]);
        foreach (var window in ContentWindow.Of(entries))
        {
            ReadWindow(container, window, hashed, reading);
        }

        if (profile.Form == PackageForm.BagIt)
        {
            BagTags.Finish(reading);
        }
        else
        {
            MetadataReading.Finish(profile, reading);
        }
    }

    /// <summary>Every content is read once: kept until its window is hashed, looked at, and let go.</summary>
    private void ReadWindow(IContainer container, IReadOnlyList<ContainerEntry> window, Dictionary<string, FileDigest> hashed, PackageReading reading)
    {
        var contents = new ContentReading?[window.Count];
        var files = new PackageFile[window.Count];
        for (var i = 0; i < window.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            var entry = window[i];
            var file = files[i] = new PackageFile { Path = entry.Path, Bytes = entry.Bytes, ModifiedAt = entry.ModifiedAt };
            reading.Files.Add(file);
            if (hashed.TryGetValue(entry.Path, out var digest))
            {
                (file.Sm3, file.Sha256) = (digest.Sm3, digest.Sha256);
            }

            Try(file, reading, () => contents[i] = Content(container, entry, file));
        }

        ContentWindow.Hash(contents, stop);
        for (var i = 0; i < window.Count; i++)
        {
            if (contents[i] is { } content)
            {
                var entry = window[i];
                var file = files[i];
                Try(file, reading, () => Look(container, entry, file, content, reading));
                contents[i] = null;
            }
        }
    }

    /// <summary>Long files on disk share the lanes of the widest vector instructions.</summary>
    private Dictionary<string, FileDigest> HashFolder(string folder, List<ContainerEntry> entries)
    {
        IReadOnlyList<FileDigest> digests;
        try
        {
            digests = FileHashing.HashFiles([.. entries.Select(e => Path.Combine(folder, e.Path))], ct: stop);
        }
        catch (FileHashingException some)
        {
            digests = some.Digests;
        }

        return digests.GroupBy(d => Path.GetRelativePath(folder, d.Path).Replace('\\', '/'), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    private ContentReading Content(IContainer container, ContainerEntry entry, PackageFile file)
    {
        using var stream = container.Open(entry);
        return ContentReading.Of(stream, entry.Bytes, hashes: file.Sm3 is null && entry.Bytes > ContentWindow.SharedBytes, _others, stop);
    }

    private void Look(IContainer container, ContainerEntry entry, PackageFile file, ContentReading content, PackageReading reading)
    {
        file.Bytes = content.Length;
        file.Sm3 ??= content.Sm3;
        file.Sha256 ??= content.Sha256;
        file.OtherDigests = content.Others;
        file.IsOwn = IsOwn(file.Path);
        file.Format = ContentFormats.Of(container, entry, content, stop);
        ContentSeals.Look(container, entry, file, content, trust, stop);
        if (file.IsOwn)
        {
            Keep(file, content, reading);
        }
    }

    private void Try(PackageFile file, PackageReading reading, Action read)
    {
        try
        {
            read();
        }
        catch (ContainerException broken)
        {
            file.IsOwn = IsOwn(file.Path);
            file.Fault = broken.Fault;
            if (file.IsOwn)
            {
                reading.Unreadable.Add((file.Path, broken.Fault.Detail));
            }
        }
        catch (IOException trouble)
        {
            reading.IsUnread = true;
            file.Fault = new ContainerFault(ContainerFaultKind.WrongLength, file.Path, trouble.Message);
        }
    }

    private bool IsOwn(string path) => profile.Form == PackageForm.BagIt
        ? !path.StartsWith("data/", StringComparison.Ordinal)
        : IsMetadata(path) || profile.Documents.Any(d => AreSameFile(d.Path, path));

    private bool IsMetadata(string path) => profile.Metadata is { } metadata && AreSameFile(metadata, path);

    private static bool AreSameFile(string one, string other) => NameForms.AreSame(one.ToUpperInvariant(), other.ToUpperInvariant());

    private void Keep(PackageFile file, ContentReading content, PackageReading reading)
    {
        if (IsMetadata(file.Path) || file.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            var (root, fault) = content.IsWhole ? PackageMarkup.Read(content.Bytes, stop) : (null, $"超过 {ContentReading.KeptBytes / 1024 / 1024} MiB，没有读");
            if (fault is not null)
            {
                reading.Unreadable.Add((file.Path, fault));
            }
            else
            {
                reading.ReadableMetadata++;
                reading.Trees.Add((file.Path, root!));
            }

            if (IsMetadata(file.Path))
            {
                (reading.Metadata, reading.MetadataPath) = (root, file.Path);
            }
        }
        else if (content.IsWhole && content.Bytes.Length <= DocumentCap)
        {
            if (DocumentText.Decode(content.Bytes) is { } text)
            {
                reading.Documents[file.Path] = text;
                file.HasMark = content.Bytes is [0xEF, 0xBB, 0xBF, ..];
            }
            else
            {
                reading.Unreadable.Add((file.Path, "不是 UTF-8 也不是 GB18030 文本"));
            }
        }
        else
        {
            reading.Unreadable.Add((file.Path, $"超过 {DocumentCap / 1024 / 1024} MiB，没有读"));
        }
    }
}
