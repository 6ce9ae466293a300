namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>容器 · the files of a package: a folder, or a ZIP file read in place. Nothing is ever unpacked to disk.</summary>
public interface IContainer : IDisposable
{
    /// <summary>Files and folders, in the order in which they are stored; a folder by ordinal order of its paths.</summary>
    IReadOnlyList<ContainerEntry> Entries { get; }

    /// <summary>What is wrong with the container as far as its lists tell; what only the content tells comes from <see cref="Open"/>.</summary>
    IReadOnlyList<ContainerFault> Faults { get; }

    /// <summary>The content as a stream that ends at the declared length and compares CRC-32 and length at its end.</summary>
    /// <exception cref="ContainerException">The content cannot be had, or is not what the lists say; also thrown by reads of the stream.</exception>
    Stream Open(ContainerEntry entry);
}

/// <summary>One stored file or folder.</summary>
/// <param name="Path">With forward slashes, as the container spells it after decoding its bytes; never made safe by rewriting; a folder without its last slash.</param>
/// <param name="IsFolder">A folder has no content.</param>
/// <param name="Bytes">Length of the content as declared.</param>
/// <param name="ModifiedAt">As the container has it, without a time zone; null where it has none that is a date.</param>
/// <param name="Index">Place in <see cref="IContainer.Entries"/>.</param>
public sealed record ContainerEntry(string Path, bool IsFolder, long Bytes, DateTime? ModifiedAt, int Index);

/// <summary>What is wrong with a container.</summary>
/// <param name="Kind">Which sort of fault.</param>
/// <param name="Path">Of the entry; null where it is of the whole container.</param>
/// <param name="Detail">For people: both values where two were compared.</param>
public sealed record ContainerFault(ContainerFaultKind Kind, string? Path, string Detail);

/// <summary>A fault of a container, or of one entry of it.</summary>
public sealed class ContainerException(ContainerFault fault) : Exception(fault.Detail)
{
    public ContainerFault Fault { get; } = fault;
}
