namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Opens packages by what they are, also such as lie in other packages.</summary>
public static class Containers
{
    /// <summary>A folder or a ZIP file.</summary>
    /// <exception cref="ContainerException">Neither, too large, or not to be read.</exception>
    public static IContainer Open(string path, CancellationToken stop) =>
        Directory.Exists(path) ? FolderContainer.Open(path, stop) : ZipContainer.Open(path, stop);

    /// <summary>A ZIP file that is an entry of another container. Must be disposed before the outer one.</summary>
    /// <param name="outer">Where it lies.</param>
    /// <param name="entry">Which one.</param>
    /// <param name="depth">Of the inner one: 2 for an entry of the package itself.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="ContainerException">Beyond <see cref="ContainerLimits.Depth"/>, packed and larger than <see cref="ContainerLimits.NestedBytes"/>, or no ZIP file.</exception>
    public static IContainer OpenNested(IContainer outer, ContainerEntry entry, int depth, CancellationToken stop)
    {
        if (depth > ContainerLimits.Depth)
        {
            throw Refused(ContainerFaultKind.Nesting, entry, $"第 {depth} 层，上限 {ContainerLimits.Depth} 层");
        }

        if (outer is ZipContainer zip && zip.InPlace(entry) is { } inPlace)
        {
            return ZipContainer.Open(inPlace, stop);
        }

        return entry.Bytes <= ContainerLimits.NestedBytes
            ? ZipContainer.Open(ReadAll(outer, entry, stop), stop)
            : throw Refused(ContainerFaultKind.TooLarge, entry, $"包中包 {entry.Bytes} 字节，超过上限 {ContainerLimits.NestedBytes}，未展开");
    }

    /// <summary>The whole content of an entry that fits into <paramref name="cap"/> bytes.</summary>
    /// <exception cref="ContainerException">Larger, or not what the lists say.</exception>
    public static byte[] ReadAll(IContainer container, ContainerEntry entry, long cap, CancellationToken stop) =>
        entry.Bytes <= cap ? ReadAll(container, entry, stop) : throw Refused(ContainerFaultKind.TooLarge, entry, $"{entry.Bytes} 字节，超过上限 {cap}，未读");

    private static byte[] ReadAll(IContainer container, ContainerEntry entry, CancellationToken stop)
    {
        const int piece = 1 << 20;
        using var content = container.Open(entry);
        var bytes = new byte[Math.Min(entry.Bytes, piece)];
        var filled = 0;
        while (filled < entry.Bytes)
        {
            stop.ThrowIfCancellationRequested();
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(entry.Bytes, bytes.Length * 2L));
            }

            var read = content.Read(bytes.AsSpan(filled));
            if (read == 0)
            {
                throw Refused(ContainerFaultKind.WrongLength, entry, $"声明 {entry.Bytes} 字节，实际只有 {filled} 字节");
            }

            filled += read;
        }

        return bytes;
    }

    private static ContainerException Refused(ContainerFaultKind kind, ContainerEntry entry, string detail) => new(new ContainerFault(kind, entry.Path, detail));
}
