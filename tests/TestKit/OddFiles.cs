using System.Diagnostics;
using System.Net.Sockets;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>What has a name in a folder and is no file.</summary>
public static class OddFiles
{
    /// <summary>A named pipe without a writer: whoever opens it waits for ever.</summary>
    public static async Task PipeAsync(string path)
    {
        using var made = Process.Start(RequiredTool.FullPath("mkfifo"), [path]);
        await made.WaitForExitAsync();
        if (made.ExitCode != 0)
        {
            throw new IOException($"mkfifo {path} ended with {made.ExitCode}");
        }
    }

    /// <summary>A file of Java in a folder, whose name is not UTF-8.</summary>
    public static async Task OtherBytesAsync(string folder)
    {
        using var made = Process.Start(RequiredTool.FullPath("sh"), ["-c", "printf 'class B {}' > \"$0/$(printf 'gbk\\326\\320.java')\"", folder]);
        await made.WaitForExitAsync();
        if (made.ExitCode != 0)
        {
            throw new IOException($"sh ended with {made.ExitCode}");
        }
    }

    /// <summary>A socket of the file system, which goes when this is disposed.</summary>
    /// <param name="path">At most about 100 characters, as systems have it.</param>
    public static IDisposable Socket(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        return listener;
    }
}
