using System.Formats.Tar;
using System.IO.Compression;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>A bundle comes from a stranger.</summary>
public sealed class HostileBundleTests
{
    [Fact]
    public void A_good_one_is_read()
    {
        var snapshot = BundleSnapshot.Open("包", new MadeBundle().Pack());
        Assert.Equal("root:x:0:0::/root:/bin/bash\n", snapshot.Text("/etc/passwd"));
        Assert.Equal((FileState.Denied, 0x1A0), (snapshot.Find("/etc/shadow").State, snapshot.Find("/etc/shadow").Mode));
        Assert.Equal((true, false), (snapshot.Command("kernel")!.Ran, snapshot.Command("nft")!.Ran));
        Assert.Equal(FileState.NotCollected, snapshot.Find("/etc/elsewhere").State);
        Assert.Contains("SM3", snapshot.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_folder_nobody_may_enter_nothing_is_absent()
    {
        const string none = "-\t-\t-\t-\t-\t-\t\t\n";
        var index = $"{Unlisted("service")}/etc/redis/\tdenied\t{none}/etc/redis.conf\tmissing\t{none}/var/lib/pgsql/data/postgresql.conf\tdenied\t{none}/opt/\tlisted\t{none}/opt/tomcat/conf/server.xml\tdenied\t{none}";
        var snapshot = BundleSnapshot.Open("包", new MadeBundle().Replace("index.tsv", index).Pack());
        Assert.All(new Func<HostSnapshot, object?>[] { h => new RedisProbe().Read(h).Record, h => new PostgreSqlProbe().Read(h).Record, h => new TomcatProbe().Read(h).Record }, read =>
            Assert.Equal(FailureKind.AccessDenied, Assert.Throws<UnableException>(() => read(snapshot)).Kind));
    }

    [Theory]
    [InlineData("listed", false)]
    [InlineData("missing", false)]
    [InlineData("denied", true)]
    [InlineData("odd", true)]
    public void Units_whose_drop_ins_nobody_could_list_are_not_known(string state, bool isShut)
    {
        const string none = "-\t-\t-\t-\t-\t-\t\t\n";
        var index = $"{Unlisted("service", "auditd.service")}/etc/systemd/\tlisted\t{none}/etc/systemd/system/\tlisted\t{none}/etc/systemd/system/auditd.service.d/\t{state}\t{none}/etc/systemd/system/auditd.service.d/\tlisted\t{none}";
        var snapshot = BundleSnapshot.Open("包", new MadeBundle().Replace("index.tsv", state == "odd" ? index : index[..index.LastIndexOf("/etc", StringComparison.Ordinal)]).Pack());
        Assert.All(new Func<object>[] { () => UnitFiles.Named(snapshot, "auditd.service", "[Service]"), () => UnitFiles.Of(snapshot), () => snapshot.Glob("/etc/systemd/system/a*.service.d/*.conf") }, read =>
            Assert.Equal(isShut ? FailureKind.AccessDenied : null, (Record.Exception(() => read()) as UnableException)?.Kind));
        Assert.Empty(snapshot.Glob("/etc/systemd/*/x"));
    }

    /// <summary>A bundle that says nothing of a folder is one that left it out, by hand or by a script that is not ours.</summary>
    [Theory]
    [InlineData("/usr/lib/systemd/system/service.d/")]
    [InlineData("/etc/systemd/system/service.d/")]
    [InlineData("/run/systemd/system/")]
    public void A_folder_of_units_nobody_collected_is_not_an_empty_one(string left)
    {
        var rows = Unlisted("service", "auditd.service").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var whole = BundleSnapshot.Open("包", new MadeBundle().Replace("index.tsv", string.Join('\n', rows) + "\n").Pack());
        var cut = BundleSnapshot.Open("包", new MadeBundle().Replace("index.tsv", string.Join('\n', rows.Where(r => !r.StartsWith(left, StringComparison.Ordinal))) + "\n").Pack());
        Assert.Empty(UnitFiles.Of(whole));
        Assert.Contains("没有收集", Assert.Throws<UnableException>(() => UnitFiles.Of(cut)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_removes_logs_in_a_folder_nobody_collected_is_a_doubt()
    {
        var doubts = new List<Sighting>();
        var bundle = BundleSnapshot.Open("包", new MadeBundle().Pack());
        Assert.Empty(LogStays.Lines(bundle, "/etc/tmpfiles.d/*.conf", doubts).Concat(LogStays.Lines(bundle, "/etc/default/grub", doubts)));
        Assert.Equal(["/etc/tmpfiles.d/*.conf", "/etc/default/grub"], doubts.Select(d => d.Origin));
    }

    /// <summary>Rows of an index: no folder of units is there.</summary>
    private static string Unlisted(params string[] units) =>
        string.Concat(UnitFiles.Folders.SelectMany(f => units.Select(u => $"{f}/{u}.d/").Prepend($"{f}/")).Select(f => $"{f}\tmissing\t-\t-\t-\t-\t-\t-\t\t\n"));

    [Fact]
    public void A_file_larger_than_the_script_takes_is_not_read()
    {
        Assert.Equal(FileState.TooLarge, BundleSnapshot.Open("包", new MadeBundle().Replace("f/1", new string('a', (512 * 1024) + 1)).Pack()).Find("/etc/passwd").State);
        Assert.Equal(FileState.Read, BundleSnapshot.Open("包", new MadeBundle().Replace("f/1", new string('a', 512 * 1024)).Pack()).Find("/etc/passwd").State);
    }

    [Theory]
    [InlineData("/etc/pam.d/su", FileState.Missing)]
    [InlineData("/etc/pam.d/su old", FileState.NotCollected)]
    [InlineData("/etc/security/limits.conf", FileState.Missing)]
    [InlineData("/etc/security/opasswd", FileState.NotCollected)]
    [InlineData("/var/lib/postgresql/15/main/postgresql.auto.conf", FileState.Missing)]
    [InlineData("/var/lib/postgresql/16/main/postgresql.auto.conf", FileState.NotCollected)]
    [InlineData("/etc/sudoers.d/x", FileState.Denied)]
    public void Of_a_listed_folder_what_the_collector_takes_and_did_not_name_is_absent(string path, FileState state)
    {
        const string none = "-\t-\t-\t-\t-\t-\t\t\n";
        var index = $"/etc/pam.d/\tlisted\t{none}/etc/security/\tlisted\t{none}/var/lib/postgresql/15/main/\tlisted\t{none}/etc/sudoers.d/\tdenied\t{none}";
        Assert.Equal(state, BundleSnapshot.Open("包", new MadeBundle().Replace("index.tsv", index).Pack()).Find(path).State);
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "../etc/cron.d/x", new MadeBundle().Named("../etc/cron.d/x").Pack() },
        { "securitycheck-host/../../x", new MadeBundle().Named(MadeBundle.Top + "../../x").Pack() },
        { "/etc/passwd", new MadeBundle().Named("/etc/passwd").Pack() },
        { "securitycheck-host/f/1x", new MadeBundle().Named(MadeBundle.Top + "f/1x").Pack() },
        { "securitycheck-host/f/2", new MadeBundle().Add("f/2", "", TarEntryType.SymbolicLink, "/etc/shadow").Pack() },
        { "securitycheck-host/f/2", new MadeBundle().Add("f/2", "", TarEntryType.HardLink, "/etc/shadow").Pack() },
        { "securitycheck-host/f/2", new MadeBundle().Add("f/2", "", TarEntryType.CharacterDevice).Pack() },
        { "securitycheck-host/f/1", new MadeBundle().Add("f/1", "again").Pack() },
        { "f/1", new MadeBundle().Pack($"{new string('0', 64)}  f/1\n") },
        { "format.txt", new MadeBundle().Pack("") },
        { "f/9", new MadeBundle().Pack($"{new string('0', 64)}  f/9\n") },
        { "格式", new MadeBundle().Replace("format.txt", "something else 2\n").Pack() },
        { "10 列", new MadeBundle().Replace("index.tsv", "/etc/passwd\tread\n").Pack() },
        { "f/77", new MadeBundle().Replace("index.tsv", "/etc/passwd\tread\tregular file\t644\troot\troot\t30\t1700000000\t\tf/77\n").Pack() },
        { "f/1", new MadeBundle().Replace("index.tsv", string.Concat(Enumerable.Repeat("/etc/passwd\tread\tregular file\t644\troot\troot\t30\t1700000000\t\tf/1\n", 2))).Pack() },
        { "过大", Zip(new byte[64 * 1024 * 1024]) },
        { "gzip", "not a bundle"u8.ToArray() },
        { "没有结尾", Zip(new byte[100]) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_the_collector_does_not_write_is_refused_and_the_entry_named(string named, byte[] packed)
    {
        var unable = Assert.Throws<UnableException>(() => BundleSnapshot.Open("包", packed));
        Assert.Equal(FailureKind.BadInput, unable.Kind);
        Assert.Contains(named, unable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_one_is_refused_wherever_it_is_cut()
    {
        var whole = new MadeBundle().Pack();
        for (var length = 0; length < whole.Length; length += 7)
        {
            Assert.Equal(FailureKind.BadInput, Assert.Throws<UnableException>(() => BundleSnapshot.Open("包", whole[..length])).Kind);
        }
    }

    [Fact]
    public void Mutants_are_refused_or_read_and_never_crash_any_probe()
    {
        var random = new SeededBytes(17);
        using var unpacked = new MemoryStream();
        new GZipStream(new MemoryStream(new MadeBundle().Pack()), CompressionMode.Decompress).CopyTo(unpacked);
        for (var i = 0; i < 400; i++)
        {
            var packed = i % 2 == 0 ? random.Mutate(new MadeBundle().Pack()) : Zip(random.Mutate(unpacked.ToArray()));
            var trouble = Record.Exception(() => BundleSnapshot.Open("包", packed));
            Assert.True(trouble is null or UnableException, $"{i}: {trouble}");
        }
    }

    /// <summary>The files inside are as hostile as the bundle: every reader gets noise for every file the collector knows.</summary>
    [Fact]
    public void Noise_in_any_file_ends_every_probe_in_an_answer_or_a_refusal()
    {
        var random = new SeededBytes(23);
        var words = "Include /etc/ssh/a.conf\nMatch all\npassword include passwd\n@include sshd\n#includedir /etc/sudoers.d\nALL ALL=(ALL) NOPASSWD: ALL\n{ } weekly rotate 9999999999 \\\n\"' = : ; $6$ \0 [ ] * ? % user >x aclfile /etc/redis/u.acl TMOUT=9 umask u=rwx,g=,o= net.ipv4.ip_forward=x -w /etc -p\n"u8.ToArray();
        var paths = Collector.Files.Where(f => f.Kind != "stat").Select(f => f.Pattern.Replace("*", "a", StringComparison.Ordinal)).ToList();
        for (var round = 0; round < 60; round++)
        {
            var host = new MadeHost();
            paths.ForEach(p => host.File(p, System.Text.Encoding.UTF8.GetString(random.Mutate(words))));
            Collector.Commands.ToList().ForEach(c => host.Says(c.Name, System.Text.Encoding.UTF8.GetString(random.Mutate(words))));
            foreach (var read in Readers)
            {
                var trouble = Record.Exception(() => read(host));
                Assert.True(trouble is null or UnableException, $"{round}: {trouble}");
            }
        }
    }

    internal static IReadOnlyList<Func<HostSnapshot, object?>> Readers { get; } =
    [
        h => new SshdProbe().Read(h).Record, h => new AccountsProbe().Read(h).Record, h => new SudoersProbe().Read(h).Record, h => new PasswordPolicyProbe().Read(h).Record,
        h => new SessionsProbe().Read(h).Record, h => new FileModesProbe().Read(h).Record, h => new KernelProbe().Read(h).Record, h => new AuditProbe().Read(h).Record,
        h => new LoggingProbe().Read(h).Record, h => new NetworkProbe().Read(h).Record, h => new SoftwareProbe().Read(h).Record, h => new TimeSyncProbe().Read(h).Record, h => new RedisProbe().Read(h).Record,
        h => new PostgreSqlProbe().Read(h).Record, h => new MySqlProbe().Read(h).Record, h => new NginxProbe().Read(h).Record, h => new TomcatProbe().Read(h).Record,
    ];

    private static byte[] Zip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(plain);
        }

        return packed.ToArray();
    }
}
