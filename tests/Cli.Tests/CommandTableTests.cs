namespace SmartCity.SecurityCheck.Cli.Tests;

public sealed class CommandTableTests
{
    [Fact]
    public void A_command_answers_to_the_name_it_stands_under() =>
        Assert.All(CommandTable.All, c => Assert.Equal(c.Name, c.Create().Name));

    [Theory]
    [InlineData("verify", 1)]
    [InlineData("verfiy", 20)]
    [InlineData("--help", 20)]
    [InlineData(null, 20)]
    public void A_word_that_is_none_of_them_leaves_all_to_choose_from(string? word, int commands) =>
        Assert.Equal(commands, CommandTable.For(word is null ? [] : [word, "x"]).Count());
}
