namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// The program ssh asks for a password: a script in a folder of our own that says a word of its environment and leaves a mark that it was
/// asked. Only published passwords go through it, and none into a file.
/// </summary>
internal sealed class PasswordAsker : IDisposable
{
    private const string Word = "SECURITYCHECK_PUBLISHED_WORD";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securitycheck-ssh-");

    public PasswordAsker()
    {
        File.WriteAllText(Script, $"#!/bin/sh\n: > \"$0.asked\"\nprintf '%s\\n' \"${Word}\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Since the last <see cref="Forget"/>: a refusal says something of a password only where it was said.</summary>
    public bool WasAsked => File.Exists(Mark);

    private string Script => Path.Combine(_folder.FullName, "ask");

    private string Mark => Script + ".asked";

    public void Forget() => File.Delete(Mark);

    public IReadOnlyDictionary<string, string?> Environment(string password) => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["SSH_ASKPASS"] = Script,
        ["SSH_ASKPASS_REQUIRE"] = "force",
        ["DISPLAY"] = ":0",
        ["SSH_AUTH_SOCK"] = null,
        ["LC_ALL"] = "C",
        [Word] = password,
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
