namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// The bytes of a content that formats are known by: all of it where it can be read in place or is small, else its beginning and its end.
/// The gap of a sample reads as nothing.
/// </summary>
internal sealed class ContentSample : ByteSource
{
    private const int WholeBytes = 16 << 20;
    private const int HeadBytes = 4 << 20;
    private const int TailBytes = 1 << 20;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    private ContentSample(byte[] head, byte[] tail, long length) => (_head, _tail, Length) = (head, tail, length);

    public override long Length { get; }

    /// <param name="container">Where it lies.</param>
    /// <param name="entry">Which content.</param>
    /// <param name="isWhole">False where only the beginning and the end are there.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="ContainerException">The content cannot be had; of a packed one everything is read, so that this also tells whether it is sound.</exception>
    public static ByteSource Of(IContainer container, ContainerEntry entry, out bool isWhole, CancellationToken stop)
    {
        isWhole = true;
        if (container is ZipContainer zip && zip.InPlace(entry) is { } inPlace)
        {
            return inPlace;
        }

        if (container is FolderContainer folder && entry.Bytes > WholeBytes)
        {
            return Of(folder.PathOf(entry));
        }

        if (entry.Bytes <= WholeBytes)
        {
            return Of(Containers.ReadAll(container, entry, WholeBytes, stop));
        }

        isWhole = false;
        return Sampled(container, entry, stop);
    }

    public override int Read(long offset, Span<byte> into)
    {
        var (from, at) = offset < _head.Length ? (_head, offset) : (_tail, offset - (Length - _tail.Length));
        if (offset < 0 || at < 0 || at >= from.Length)
        {
            return 0;
        }

        var piece = from.AsSpan((int)at);
        piece = piece[..Math.Min(piece.Length, into.Length)];
        piece.CopyTo(into);
        return piece.Length;
    }

    private static ContentSample Sampled(IContainer container, ContainerEntry entry, CancellationToken stop)
    {
        using var content = container.Open(entry);
        var (head, tail) = (new byte[HeadBytes], new byte[TailBytes]);
        content.ReadExactly(head);
        var buffer = new byte[TailBytes];
        int read;
        var filled = 0;
        while ((read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            stop.ThrowIfCancellationRequested();
            if (read == buffer.Length)
            {
                (tail, buffer, filled) = (buffer, tail, read);
            }
            else
            {
                tail = [.. tail.AsSpan(0, filled)[^Math.Min(filled, TailBytes - read)..], .. buffer.AsSpan(0, read)];
                filled = tail.Length;
            }
        }

        return new ContentSample(head, tail[..filled], entry.Bytes);
    }
}
