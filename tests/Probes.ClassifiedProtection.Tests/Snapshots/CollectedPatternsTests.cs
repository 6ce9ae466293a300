using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What the script takes of patterns, under the shells it is written for, and what a reader may conclude of what is not there.</summary>
public sealed class CollectedPatternsTests
{
    private const string None = "-\t-\t-\t-\t-\t-\t\t\n";

    private static readonly string[] Shells = ["busybox", "dash"];

    private static readonly (string Pattern, string[] Found)[] Patterns =
    [
        ("conf.d/?.inc", ["conf.d/1.inc", "conf.d/a.inc"]),
        ("conf.d/[ab].cfg", ["conf.d/a.cfg", "conf.d/b.cfg"]),
        ("conf.d/[^a].cfg", ["conf.d/b.cfg", "conf.d/c.cfg"]),
        ("conf.d/[[:digit:]]?.two", ["conf.d/1a.two"]),
        ("sites/*/s.inc", ["sites/x/s.inc", "sites/y/s.inc"]),
        ("sites/[x]/*", ["sites/x/s.inc"]),
        ("none.d/[a-c]?", []),
    ];

    public static TheoryData<string> EachShell => [.. Shells];

    [SkippableTheory]
    [MemberData(nameof(EachShell))]
    public async Task Wildcards_of_included_files_are_those_of_the_program(string shell)
    {
        using var folder = new TemporaryFolder();
        folder.Write("root/etc/nginx/nginx.conf", $"events {{ }}\nhttp {{\n{string.Concat(Patterns.Select(p => $"  include {p.Pattern};\n"))}  root /srv/www; include conf.d/*.unseen;\n}}\n");
        foreach (var file in new[] { "conf.d/1.inc", "conf.d/a.inc", "conf.d/ab.inc", "conf.d/.b.inc", "conf.d/a.cfg", "conf.d/b.cfg", "conf.d/c.cfg", "conf.d/1a.two", "conf.d/a1.two", "conf.d/a.unseen", "sites/x/s.inc", "sites/y/s.inc" })
        {
            folder.Write($"root/etc/nginx/{file}", "# nothing\n");
        }

        var snapshot = await CollectAsync(folder, shell, "0");
        Assert.All(Patterns, p => Assert.Equal(p.Found.Select(f => $"/etc/nginx/{f}"), snapshot.Included($"/etc/nginx/{p.Pattern}")));
        Assert.Equal(FileState.Read, snapshot.Find("/etc/nginx/conf.d/a.inc").State);
        Assert.Contains("没有按 /etc/nginx/conf.d/*.unseen 收集", Assert.Throws<UnableException>(() => new NginxProbe().ReadAll(snapshot)).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(EachShell))]
    public async Task What_lies_below_names_the_script_passes_over_is_not_absent(string shell)
    {
        using var folder = new TemporaryFolder();
        folder.Write("root/etc/postgresql/15/main/postgresql.conf", "ssl = on\n");
        folder.Write("root/etc/postgresql/14/old one/postgresql.conf", "ssl = off\n");
        folder.Write("root/etc/tomcat9/server.xml", "<Server/>\n");
        folder.Write("root/etc/sudoers.d/a\nb", "a ALL=(ALL) NOPASSWD: ALL\n");
        folder.Write("root/etc/pam.d/su", "auth required pam_unix.so\n");
        var snapshot = await CollectAsync(folder, shell, "0");
        Assert.All(["/etc/postgresql/*/*/postgresql.conf", "/etc/sudoers.d/*"], p => Assert.Equal(FailureKind.AccessDenied, Assert.Throws<UnableException>(() => snapshot.Glob(p)).Kind));
        Assert.Equal(FailureKind.AccessDenied, Assert.Throws<UnableException>(() => new PostgreSqlProbe().ReadAll(snapshot)).Kind);
        Assert.Equal(["/etc/tomcat9/server.xml"], snapshot.Glob("/etc/tomcat*/server.xml"));
        Assert.Equal(["/etc/pam.d/su"], snapshot.Glob("/etc/pam.d/*"));
    }

    /// <summary>Brackets by the ten thousand take a script minutes: the file is left out of a bundle and of a tree alike, by its bytes and not by the clock, and the rest is there.</summary>
    [SkippableTheory]
    [InlineData("<", 500_000)]
    [InlineData("<![CDATA[]]>", 40_000)]
    [InlineData("<a>bbbbbbbb", 20_000)]
    public async Task A_file_that_is_slow_to_blacken_is_left_out_and_holds_up_nothing(string piece, int times)
    {
        using var folder = new TemporaryFolder();
        folder.Write("root/etc/tomcat9/server.xml", string.Concat(Enumerable.Repeat(piece, times)));
        folder.Write("root/etc/tomcat9/web.xml", $"<web-app>{string.Concat(Enumerable.Repeat("<mime-mapping>\n<extension>a</extension>\n<mime-type>b/c</mime-type>\n</mime-mapping>\n", 1100))}</web-app>\n");
        folder.Write("root/etc/nginx/nginx.conf", "events { }\n");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var snapshot = await CollectAsync(folder, "dash", "0");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(90), $"{watch.Elapsed}");
        foreach (var source in new HostSnapshot[] { snapshot, new RootSnapshot(folder.File("root")) })
        {
            Assert.Equal((FileState.TooLarge, FileState.Read), (source.Find("/etc/tomcat9/server.xml").State, source.Find("/etc/tomcat9/web.xml").State));
        }

        Assert.Equal(FileState.Read, snapshot.Find("/etc/nginx/nginx.conf").State);
        Assert.Throws<UnableException>(() => new TomcatProbe().ReadAll(snapshot));
    }

    [SkippableTheory]
    [MemberData(nameof(EachShell))]
    public async Task Below_a_shut_folder_nothing_is_absent(string shell)
    {
        using var folder = new TemporaryFolder();
        folder.Write("root/etc/postgresql/15/main/postgresql.conf", "ssl = on\n");
        folder.Write("root/etc/audit/rules.d/a.rules", "-w /etc -p wa\n");
        folder.Write("root/home/a/.rhosts", "+ +\n");
        foreach (var shut in new[] { "etc/postgresql/15", "etc/audit", "home/a" })
        {
            SetMode(folder.File($"root/{shut}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var snapshot = await CollectAsync(folder, shell, "65534");
        Assert.All(["/etc/postgresql/*/*/postgresql.conf", "/etc/audit/rules.d/*.rules"], p => Assert.Equal(FailureKind.AccessDenied, Assert.Throws<UnableException>(() => snapshot.Glob(p)).Kind));
        Assert.Equal(FileState.Denied, snapshot.Find("/etc/audit/rules.d/b.rules").State);
        Assert.False(new FileModesProbe().Read(snapshot).Record!.TrustFiles.IsKnown);
    }

    [Theory]
    [InlineData("/etc/x/*/y.conf", "/etc/x/", "odd", true)]
    [InlineData("/etc/x/*/y.conf", "/etc/x/", "denied", true)]
    [InlineData("/etc/x/*/y.conf", "/etc/x/1/", "odd", false)]
    [InlineData("/etc/x/*/*/y.conf", "/etc/x/1/", "odd", true)]
    [InlineData("/etc/x/?/z/*.conf", "/etc/x/1/z/", "odd", true)]
    [InlineData("/etc/x/?/z/*.conf", "/etc/x/10/z/", "odd", false)]
    [InlineData("/etc/x/*/y.conf", "/etc/w/", "odd", false)]
    public void A_folder_with_names_nobody_took_keeps_every_pattern_below_it_open(string pattern, string folder, string state, bool isOpen)
    {
        var index = $"/etc/x/\tlisted\t{None}/etc/x/0/y.conf\tstat\t{None}{folder}\t{state}\t{None}";
        var snapshot = BundleSnapshot.Open("包", new MadeBundle().Replace("index.tsv", index).Pack());
        Assert.Equal(isOpen ? FailureKind.AccessDenied : null, (Record.Exception(() => snapshot.Glob(pattern)) as UnableException)?.Kind);
        Assert.Equal(isOpen ? FailureKind.AccessDenied : null, (Record.Exception(() => snapshot.Among("/etc/x/0/y.conf", pattern)) as UnableException)?.Kind);
    }

    [Theory]
    [InlineData("/etc/x/*.conf", true)]
    [InlineData("/etc/x/[ab].conf", false)]
    [InlineData("/etc/nginx/conf.d/a*.conf", true)]
    [InlineData("/etc/nginx/conf.d/[ab]?.conf", true)]
    [InlineData("/etc/nginx/conf.d/.*.conf", false)]
    [InlineData("/etc/nginx/conf.d/*.inc", false)]
    [InlineData("/etc/nginx/conf.d/*.con[f]", false)]
    [InlineData("/etc/nginx/conf.d/a\\*.conf", false)]
    [InlineData("/etc/nginx/conf.d/{a,b}*.conf", false)]
    [InlineData("/etc/nginx/conf.d/[[.a.]]*.conf", false)]
    public void An_include_is_whole_only_where_somebody_looked_for_all_of_it(string pattern, bool isWhole)
    {
        var index = $"/etc/x/\tlisted\t{None}/etc/x/*.conf\tglobbed\t{None}/etc/nginx/conf.d/\tlisted\t{None}";
        var snapshot = BundleSnapshot.Open("包", new MadeBundle().Replace("index.tsv", index).Pack());
        Assert.Equal(isWhole ? null : FailureKind.BadInput, (Record.Exception(() => snapshot.Included(pattern)) as UnableException)?.Kind);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static async Task<BundleSnapshot> CollectAsync(TemporaryFolder folder, string shell, string user)
    {
        Skip.If(RequiredTool.IsMissing("busybox") || RequiredTool.IsMissing("dash") || RequiredTool.IsMissing("chroot") || RequiredTool.IsMissing("ldd") || RequiredTool.IsRootMissing());
        await BareRoot.InstallAsync(folder, shell);
        folder.Write("root/collect.sh", Collector.Script);
        foreach (var open in new[] { "root/tmp", "root/dev/null" })
        {
            SetMode(folder.File(open), (UnixFileMode)0x1FF);
        }

        var ran = await new ProcessToolRunner().RunAsync(
            new ToolCall("chroot", [$"--userspec={user}:{user}", folder.File("root"), $"/bin/{shell}", .. shell == "busybox" ? ["sh"] : Array.Empty<string>(), "/collect.sh", "/tmp/out.tgz"]) { Timeout = TimeSpan.FromMinutes(2) }, CancellationToken.None);
        Assert.True(ran.ExitCode == 0, ran.ErrorText);
        return BundleSnapshot.Open("包", await File.ReadAllBytesAsync(folder.File("root/tmp/out.tgz")));
    }
}
