using System.Globalization;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>A new empty folder that goes when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("securitycheck-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <returns>The full path.</returns>
    public string Write(string name, string text)
    {
        var path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>As ssh wants its private keys.</summary>
    public string WritePrivate(string name, string text)
    {
        var path = Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("600", 8));
        }

        return path;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}");

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A server that is just ending may still hold a log open; the system clears its temporary folder itself.
        }
    }
}
