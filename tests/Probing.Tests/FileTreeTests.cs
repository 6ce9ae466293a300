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

    [Fact]
    public void One_file_is_a_tree_that_holds_nothing_else()
    {
        var tree = FileTree.At(_folder.File("tree/a.txt"));

        Assert.Equal(["a.txt"], tree.List(10, out var complete));
        Assert.True(complete);
        Assert.Equal("a"u8.ToArray(), tree.Read("a.txt", 10));
        Assert.Equal(FailureKind.Refused, Assert.Throws<UnableException>(() => tree.Read("sub/b.txt", 10)).Kind);
        Assert.Equal(["a.txt", "sub/b.txt"], FileTree.At(Root).List(10, out _));
        Assert.Equal(FailureKind.BadInput, Assert.Throws<UnableException>(() => FileTree.At(_folder.File("none"))).Kind);
    }

    [SkippableFact]
    public void The_path_a_user_names_may_itself_be_a_link()
    {
        Skip.If(OperatingSystem.IsWindows());
        File.CreateSymbolicLink(_folder.File("named.txt"), _folder.File("tree/a.txt"));
        var tree = FileTree.At(_folder.File("named.txt"));

        Assert.Equal("a"u8.ToArray(), tree.Read(tree.List(1, out _)[0], 10));
    }

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
