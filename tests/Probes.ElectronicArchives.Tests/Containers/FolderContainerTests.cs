using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

public sealed class FolderContainerTests
{
    [Fact]
    public void A_folder_lists_what_is_in_it_in_ordinal_order()
    {
        using var folder = new TemporaryFolder();
        folder.Write("说明.xml", "<a/>");
        folder.Write("材料/甲.txt", "甲");
        folder.Write("材料/空.txt", "");

        using var container = Containers.Open(folder.Path, CancellationToken.None);

        Assert.Equal([("材料", true, 0L), ("材料/甲.txt", false, 3L), ("材料/空.txt", false, 0L), ("说明.xml", false, 4L)], container.Entries.Select(e => (e.Path, e.IsFolder, e.Bytes)));
        Assert.Empty(container.Faults);
        Assert.Empty(ZipContainerTests.ReadAll(container));
        Assert.Equal("甲", Encoding.UTF8.GetString(Containers.ReadAll(container, container.Entries[1], 10, CancellationToken.None)));
    }

    [SkippableFact]
    public async Task Links_pipes_sockets_and_devices_are_faults_and_not_read()
    {
        Skip.If(OperatingSystem.IsWindows(), "no such files here");
        using var folder = new TemporaryFolder();
        folder.Write("材料.txt", "x");
        File.CreateSymbolicLink(folder.File("链接"), "/etc/passwd");
        Directory.CreateSymbolicLink(folder.File("目录链接"), "/etc");
        await OddFiles.PipeAsync(folder.File("管道"));
        using var socket = OddFiles.Socket(folder.File("s"));

        using var container = Containers.Open(folder.Path, CancellationToken.None);

        Assert.Equal(5, container.Entries.Count);
        Assert.Equal(["s", "目录链接", "管道", "链接"], container.Faults.Where(f => f.Kind == ContainerFaultKind.Link).Select(f => f.Path!).Order(StringComparer.Ordinal));
        Assert.Equal(4, ZipContainerTests.ReadAll(container).Count(f => f.Kind == ContainerFaultKind.Link));
    }

    [SkippableFact]
    public async Task A_name_that_is_no_utf8_is_a_fault()
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "names are text here");
        using var folder = new TemporaryFolder();
        await OddFiles.OtherBytesAsync(folder.Path);

        using var container = Containers.Open(folder.Path, CancellationToken.None);

        Assert.Equal(ContainerFaultKind.UndecodableName, Assert.Single(container.Faults).Kind);
    }

    [Fact]
    public void A_file_that_changed_after_listing_is_a_wrong_length()
    {
        using var folder = new TemporaryFolder();
        folder.Write("长.txt", "12345");
        folder.Write("短.txt", "12345");
        using var container = Containers.Open(folder.Path, CancellationToken.None);
        folder.Write("长.txt", "123456");
        folder.Write("短.txt", "1234");

        Assert.All(ZipContainerTests.ReadAll(container), f => Assert.Equal(ContainerFaultKind.WrongLength, f.Kind));
        Assert.Equal(2, ZipContainerTests.ReadAll(container).Count);
    }

    [Fact]
    public void What_is_not_there_or_no_container_says_so()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(ContainerFaultKind.Unreadable, Assert.Throws<ContainerException>(() => Containers.Open(folder.File("没有.zip"), CancellationToken.None)).Fault.Kind);
        Assert.Equal(ContainerFaultKind.NoContainer, Assert.Throws<ContainerException>(() => Containers.Open(folder.Write("a.zip", "no zip"), CancellationToken.None)).Fault.Kind);
    }
}
