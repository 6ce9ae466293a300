using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// Opens what somebody else named or left in a folder, and only where it is a file: whoever opens a named pipe waits for its other end,
/// and a device gives bytes for ever. The one place in which strangers' files are opened, for rooms that know nothing of each other.
/// </summary>
public static partial class RegularFile
{
    private const int NoEntry = 2;
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int NoSuchDevice = 6;
    private const int NotADirectory = 20;

    /// <summary>For reading; others may go on writing it.</summary>
    /// <exception cref="NotRegularFileException">A folder, named pipe, socket or device.</exception>
    /// <exception cref="IOException">Missing, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">May not be read.</exception>
    public static SafeFileHandle Open(string path) => Open(path, out _);

    /// <summary>As <see cref="Open(string)"/>, with the length found on the way.</summary>
    /// <param name="path">As there.</param>
    /// <param name="length">Bytes when opened.</param>
    public static SafeFileHandle Open(string path, out long length)
    {
        if (OperatingSystem.IsWindows() && Directory.Exists(path))
        {
            throw Folder();
        }

        var handle = OperatingSystem.IsWindows()
            ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : OpenWithoutWaiting(path);
        try
        {
            length = RequiredLength(handle, path);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>All of a file, or one byte more than the cap where it is longer.</summary>
    /// <param name="path">As <see cref="Open(string)"/> takes it.</param>
    /// <param name="cap">Most bytes wanted.</param>
    /// <exception cref="IOException">As <see cref="Open(string)"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">May not be read.</exception>
    public static byte[] Read(string path, int cap)
    {
        using var handle = Open(path, out var length);
        var bytes = new byte[Math.Min(length, cap) + 1];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(filled), filled) is var read and > 0)
        {
            filled += read;
        }

        return bytes[..filled];
    }

    private static NotRegularFileException Folder() => new("是目录，不是文件");

    private static NotRegularFileException Stream() => new("不是普通文件（管道、设备或套接字）");

    /// <summary>What is no file says so, cannot be sought in, or has bytes in spite of a length of zero.</summary>
    private static long RequiredLength(SafeFileHandle handle, string path)
    {
        try
        {
            var isKnown = LinuxStatus.TryRead(handle, out var kind, out var length);
            if (isKnown ? kind == LinuxStatus.FileKind.Folder : Directory.Exists(path))
            {
                throw Folder();
            }

            if (isKnown && kind == LinuxStatus.FileKind.Other)
            {
                throw Stream();
            }

            length = isKnown ? length : RandomAccess.GetLength(handle);
            Span<byte> one = stackalloc byte[1];
            return length == 0 && RandomAccess.Read(handle, one, 0) > 0 ? throw new NotRegularFileException("不是普通文件") : length;
        }
        catch (NotSupportedException)
        {
            throw Stream();
        }
    }

    private static SafeFileHandle OpenWithoutWaiting(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("路径里有空字符", nameof(path));
        }

        // O_RDONLY with O_NONBLOCK, O_NOCTTY and O_CLOEXEC.
        var flags = OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() ? 0x4 | 0x20000 | 0x1000000 : 0x800 | 0x100 | 0x80000;
        var descriptor = OpenDescriptor(path, flags);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Trouble(Marshal.GetLastPInvokeError(), path);
    }

    private static Exception Trouble(int error, string path) => error switch
    {
        NoEntry or NotADirectory => new FileNotFoundException($"{path} 不存在", path),
        AccessDenied or NotPermitted => new UnauthorizedAccessException($"没有读取 {path} 的权限"),
        NoSuchDevice => Stream(),
        _ => new IOException(new Win32Exception(error).Message),
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenDescriptor(string path, int flags);
}

/// <summary>There is something of that name, and it is no file. The message is for people.</summary>
public sealed class NotRegularFileException(string message) : IOException(message);
