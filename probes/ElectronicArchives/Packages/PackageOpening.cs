using System.IO.Compression;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The container of a package.</summary>
internal static class PackageOpening
{
    /// <exception cref="ContainerException">It is none.</exception>
    public static IContainer Open(string path) => Directory.Exists(path) ? new Folder(path) : new Zip(path);

    private sealed class Folder : IContainer
    {
        private readonly string _root;

        public Folder(string root)
        {
            _root = Path.GetFullPath(root);
            Entries = [.. Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_root, f)).Order(StringComparer.Ordinal)
                .Select((f, i) => new ContainerEntry(f, false, new FileInfo(Path.Combine(_root, f)).Length, File.GetLastWriteTime(Path.Combine(_root, f)), i))];
        }

        public IReadOnlyList<ContainerEntry> Entries { get; }

        public IReadOnlyList<ContainerFault> Faults { get; } = [];

        public Stream Open(ContainerEntry entry) => new FileStream(RegularFile.Open(Path.Combine(_root, entry.Path)), FileAccess.Read);

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class Zip : IContainer
    {
        private readonly ZipArchive _zip;

        public Zip(string path)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            try
            {
                _zip = ZipFile.Open(path, ZipArchiveMode.Read, Encoding.GetEncoding("GB18030"));
            }
            catch (InvalidDataException broken)
            {
                throw new ContainerException(new ContainerFault(ContainerFaultKind.NoContainer, null, broken.Message));
            }

            Entries = [.. _zip.Entries.Select((e, i) => new ContainerEntry(e.FullName, e.FullName.EndsWith('/'), e.Length, e.LastWriteTime.DateTime, i))];
        }

        public IReadOnlyList<ContainerEntry> Entries { get; }

        public IReadOnlyList<ContainerFault> Faults { get; } = [];

        public Stream Open(ContainerEntry entry) => _zip.Entries[entry.Index].Open();

        public void Dispose() => _zip.Dispose();
    }
}
