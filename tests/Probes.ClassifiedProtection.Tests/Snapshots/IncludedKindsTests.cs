using System.Globalization;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>One tree is read by many probes at once, and what one of them learns of a file the others need too.</summary>
public sealed class IncludedKindsTests
{
    [Fact]
    public void What_is_named_twice_is_kept_once()
    {
        var kinds = new IncludedKinds();
        kinds.Learn("/etc/ssh/sshd_config", "sshd", string.Concat(Enumerable.Repeat("Include /srv/a\n", 3000)) + "Include /srv/hidden\n");
        Assert.Equal("sshd", kinds.Of("/srv/hidden"));
    }

    [Fact]
    public void Learning_and_asking_at_once_loses_nothing()
    {
        for (var round = 0; round < 40; round++)
        {
            var kinds = new IncludedKinds();
            Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            {
                for (var k = 0; k < 50; k++)
                {
                    kinds.Learn("/etc/ssh/sshd_config", "sshd", string.Create(CultureInfo.InvariantCulture, $"Include /srv/{i}/{k}\n"));
                    Assert.Equal("sshd", kinds.Of(string.Create(CultureInfo.InvariantCulture, $"/srv/{i}/{k}")));
                }
            });
        }
    }

    [Fact]
    public void A_tree_read_by_many_at_once_says_the_same_to_all()
    {
        using var folder = new TemporaryFolder();
        folder.Write("etc/passwd", "root:x:0:0::/root:/bin/bash\n");
        folder.Write("var/lib/dpkg/status", "\n");
        for (var i = 0; i < 60; i++)
        {
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"etc/ssh/sshd_config.d/{i}.conf"), string.Create(CultureInfo.InvariantCulture, $"Include /srv/{i}\n"));
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"srv/{i}"), "MaxAuthTries 3\nSetEnv A=b\n");
        }

        for (var round = 0; round < 5; round++)
        {
            var tree = new RootSnapshot(folder.Path);
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            {
                for (var i = 0; i < 60; i++)
                {
                    Assert.Equal(FileState.Read, tree.Find(string.Create(CultureInfo.InvariantCulture, $"/etc/ssh/sshd_config.d/{i}.conf")).State);
                    Assert.Contains("MaxAuthTries 3", tree.Text(string.Create(CultureInfo.InvariantCulture, $"/srv/{i}"))!, StringComparison.Ordinal);
                    Assert.Equal(FileState.Missing, tree.Find("/etc/nowhere").State);
                }
            });
        }
    }
}
