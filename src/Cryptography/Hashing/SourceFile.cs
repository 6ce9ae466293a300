using Microsoft.Win32.SafeHandles;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A file read once from front to end, watched for a change of length.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private SourceFile(SafeFileHandle handle, long length)
    {
        _handle = handle;
        Length = length;
    }

    /// <summary>Bytes when opened.</summary>
    public long Length { get; }

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="SourceFileException">The file cannot be opened.</exception>
    public static SourceFile Open(string path)
    {
        try
        {
            return new SourceFile(RegularFile.Open(path, out var length), length);
        }
        catch (Exception e) when (SourceFileException.Covers(e))
        {
            throw SourceFileException.From(e);
        }
    }

    /// <summary>Fills the destination unless the file ends.</summary>
    /// <param name="destination">Any length.</param>
    /// <param name="ended">True when the whole file has been read.</param>
    /// <exception cref="SourceFileException">A read error, or the file is no longer as long as it was.</exception>
    public int Read(Span<byte> destination, out bool ended)
    {
        var filled = 0;
        try
        {
            while (filled < destination.Length && Position < Length)
            {
                var read = RandomAccess.Read(_handle, destination[filled..], Position);
                filled += read;
                Position += read;
                if (read == 0 || Position > Length)
                {
                    throw SourceFileException.LengthChanged(Length);
                }
            }

            ended = Position == Length;
            if (ended)
            {
                RequireEnd();
            }

            return filled;
        }
        catch (Exception e) when (SourceFileException.Covers(e))
        {
            throw SourceFileException.From(e);
        }
    }

    public void Dispose() => _handle.Dispose();

    private void RequireEnd()
    {
        // Files of /proc claim length zero and have content: only reading tells.
        Span<byte> probe = stackalloc byte[1];
        if (RandomAccess.GetLength(_handle) != Length || (Length == 0 && RandomAccess.Read(_handle, probe, 0) > 0))
        {
            throw SourceFileException.LengthChanged(Length);
        }
    }
}
