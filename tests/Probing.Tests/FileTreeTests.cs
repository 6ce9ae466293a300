using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probing.Tests;

public sealed class FileTreeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileTreeTests()
    {
        _folder.Write("tree/a.txt", "a");
        _folder.Write("tree/sub/b.txt", "bb");
        _folder.Write("outside/secret.txt", "secret");
    }

    private string Root => _folder.File("tree");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_listed_in_ordinal_order_with_slashes()
    {
        Assert.Equal(["a.txt", "sub/b.txt"], FileTree.Open(Root).List(10, out var complete));
        Assert.True(complete);
    }

    [Fact]
    public void A_cut_list_says_so()
    {
        Assert.Single(FileTree.Open(Root).List(1, out var complete));
        Assert.False(complete);
    }

    [Theory]
    [InlineData("../outside/secret.txt")]
    [InlineData("sub/../../outside/secret.txt")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    public void Nothing_outside_can_be_named(string path) =>
        Assert.Equal(FailureKind.Refused, Assert.Throws<UnableException>(() => FileTree.Open(Root).Read(path, 100)).Kind);

    [SkippableFact]
    public void Links_are_neither_listed_nor_followed()
    {
        Skip.If(OperatingSystem.IsWindows());
        File.CreateSymbolicLink(Path.Combine(Root, "link.txt"), _folder.File("outside/secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "linked"), _folder.File("outside"));
        var tree = FileTree.Open(Root);

        Assert.Equal(["a.txt", "sub/b.txt"], tree.List(10, out _));
        Assert.Equal(FailureKind.Refused, Assert.Throws<UnableException>(() => tree.Read("link.txt", 100)).Kind);
        Assert.Equal(FailureKind.Refused, Assert.Throws<UnableException>(() => tree.Read("linked/secret.txt", 100)).Kind);
    }

    [Fact]
    public void A_file_above_the_cap_is_not_read()
    {
        Assert.Equal(2, FileTree.Open(Root).Read("sub/b.txt", 2).Length);
        Assert.Equal(FailureKind.BadInput, Assert.Throws<UnableException>(() => FileTree.Open(Root).Read("sub/b.txt", 1)).Kind);
    }

    [Fact]
    public void A_missing_folder_or_file_is_bad_input()
    {
        Assert.Equal(FailureKind.BadInput, Assert.Throws<UnableException>(() => FileTree.Open(_folder.File("nowhere"))).Kind);
        Assert.Equal(FailureKind.BadInput, Assert.Throws<UnableException>(() => FileTree.Open(Root).Read("nothing", 1)).Kind);
    }
}
