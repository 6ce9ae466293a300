using System.IO.Compression;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>A host full of secrets, looked at for real: as a tree, and by the script with that tree as its root folder.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task Of_a_tree_no_secret_reaches_an_observation_evidence_or_refusal()
    {
        using var folder = new TemporaryFolder();
        Grow(folder, "");
        Silent(await EverythingSaid.OfAsync(new Host { Id = "h", Root = folder.Path }));
    }

    [SkippableFact]
    public async Task In_the_bundle_the_script_writes_there_is_no_secret_nor_in_what_it_says()
    {
        Skip.If(RequiredTool.IsMissing("busybox") || RequiredTool.IsMissing("chroot") || RequiredTool.IsMissing("ldd") || RequiredTool.IsRootMissing());
        using var folder = new TemporaryFolder();
        Grow(folder, "root");
        await BareRoot.InstallAsync(folder);
        folder.Write("root/collect.sh", Collector.Script);
        folder.Write("root/lib/systemd/system/system-systemd\\x2dcryptsetup.slice", "");
        folder.Write("root/usr/lib/systemd/system/nginx\\x2da.service.d/o.conf", "");
        folder.Write("root/etc/sudoers.d/a b", "");
        var ran = await new ProcessToolRunner().RunAsync(new ToolCall("chroot", [folder.File("root"), "/bin/sh", "/collect.sh", "/out.tgz"]) { Timeout = TimeSpan.FromMinutes(2) }, CancellationToken.None);
        Assert.True(ran.ExitCode == 0, ran.ErrorText);
        var plain = new MemoryStream();
        await using (var zip = new GZipStream(File.OpenRead(folder.File("root/out.tgz")), CompressionMode.Decompress))
        {
            await zip.CopyToAsync(plain);
        }

        var bundle = Encoding.UTF8.GetString(plain.ToArray());
        Assert.Contains("/srv/odd/users\tread", bundle, StringComparison.Ordinal);
        Assert.Contains("/srv/odd/a.web\tread", bundle, StringComparison.Ordinal);
        Assert.Equal(["/etc/sudoers.d/", "/usr/lib/systemd/system/"], bundle.Split('\n').Select(l => l.Split('\t')).Where(c => c is [_, "odd", ..]).Select(c => c[0]).Order(StringComparer.Ordinal));
        Assert.Contains("PASS_MAX_DAYS 90", bundle, StringComparison.Ordinal);
        Silent(bundle);
        Silent(ran.ErrorText + ran.OutputText);
        Silent(await EverythingSaid.OfAsync(new Host { Id = "h", Bundle = folder.File("root/out.tgz") }));
    }

    private static void Silent(string text)
    {
        Assert.True(text.Length > 500, text);
        Assert.DoesNotContain(CanaryFiles.Word, text, StringComparison.OrdinalIgnoreCase);
    }

    private static void Grow(TemporaryFolder folder, string below)
    {
        folder.Write($"{(below.Length == 0 ? "" : below + "/")}var/lib/dpkg/status", "");
        foreach (var (path, text) in CanaryFiles.All)
        {
            folder.Write(below + (below.Length == 0 ? path[1..] : path), text);
        }
    }
}
