using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class RegularFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("四个汉字")]
    public void A_file_is_read_whole(string text)
    {
        _folder.Write("中文 名.txt", text);
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(text), RegularFile.Read(_folder.File("中文 名.txt"), 100));
    }

    [Fact]
    public void One_byte_more_than_the_cap_tells_that_a_file_is_longer()
    {
        _folder.Write("long.txt", new string('x', 1000));
        Assert.Equal(11, RegularFile.Read(_folder.File("long.txt"), 10).Length);
        Assert.Equal(1000, RegularFile.Read(_folder.File("long.txt"), 1000).Length);
    }

    [Fact]
    public void What_is_missing_is_said_to_be_missing()
    {
        Assert.Throws<FileNotFoundException>(() => RegularFile.Read(_folder.File("none"), 10));
        _folder.Write("file", "x");
        Assert.ThrowsAny<IOException>(() => RegularFile.Read(_folder.File("file/inside"), 10));
        Assert.ThrowsAny<ArgumentException>(() => RegularFile.Read("", 10));
        Assert.ThrowsAny<ArgumentException>(() => RegularFile.Read("a\0b", 10));
    }

    [SkippableFact]
    public async Task Pipes_sockets_devices_and_folders_are_refused_and_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 mkfifo");
        await OddFiles.PipeAsync(_folder.File("pipe"));
        using var socket = OddFiles.Socket(_folder.File("s"));
        foreach (var odd in new[] { _folder.File("pipe"), _folder.File("s"), "/dev/zero", "/dev/random", "/proc/version", _folder.Path })
        {
            await Assert.ThrowsAsync<NotRegularFileException>(() => Task.Run(() => RegularFile.Read(odd, 1000)).WaitAsync(Limit));
        }
    }
}
