using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>A host out of texts: what was not given is not there. Files pass the same redaction as everywhere.</summary>
internal sealed class MadeHost : HostSnapshot
{
    private readonly Dictionary<string, SnapshotFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CommandOutput> _commands = new(StringComparer.Ordinal);

    private readonly IncludedKinds _kinds = new();

    public override string Origin => "测试";

    public MadeHost File(string path, string text, string mode = "644", string owner = "root", string group = "root")
    {
        var kind = _kinds.Of(path);
        _kinds.Learn(path, kind, text);
        _files[path] = new SnapshotFile(path, FileState.Read) { Text = HostRedaction.Apply(kind, text), IsBare = kind == HostRedaction.Unknown, Mode = Convert.ToInt32(mode, 8), Owner = owner, Group = group };
        return this;
    }

    public MadeHost State(string path, FileState state)
    {
        _files[path] = new SnapshotFile(path, state);
        return this;
    }

    public MadeHost Says(string command, string text, int code = 0)
    {
        _commands[command] = new CommandOutput(command, code, text);
        return this;
    }

    public MadeHost Lacks(params string[] commands)
    {
        commands.ToList().ForEach(c => _commands[c] = new CommandOutput(c, null, ""));
        return this;
    }

    public MadeHost Ssh(string config, string version = "9.2p1") => File("/etc/ssh/sshd_config", config).Says("sshd-version", string.Create(CultureInfo.InvariantCulture, $"OpenSSH_{version}"));

    public override SnapshotFile Find(string path) => _files.GetValueOrDefault(path) ?? new SnapshotFile(path, FileState.Missing);

    public override CommandOutput? Command(string name) => _commands.GetValueOrDefault(name);

    public override IReadOnlyList<string> Glob(string pattern) => [.. _files.Keys.Where(p => GlobPattern.MatchesPath(pattern, p)).Order(StringComparer.Ordinal)];
}
